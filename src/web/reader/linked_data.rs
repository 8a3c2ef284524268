//! A profile in the words of schema.org, for search engines: only what the questionnaire's roles say for certain.

use serde_json::{Value, json};

use super::{Reading, list};
use crate::error::AppError;
use crate::guide::{Listed, Published};
use crate::questionnaire::value::{is_email, web_address};

/// A profile's page, its program and its company as JSON-LD that can stand in a script element.
///
/// # Errors
/// What the serializer says.
pub fn of_profile(reading: &Reading, listed: &Listed, published: &Published) -> Result<String, AppError> {
    let page = reading.address(&format!("programs/{}", listed.slug));
    let company = format!("{page}#organization");
    let program = format!("{page}#program");
    let graph = json!({
        "@context": "https://schema.org",
        "@graph": [
            trail(reading, listed, &page)?,
            {
                "@type": "Article",
                "@id": page,
                "url": page,
                "headline": super::head::title(listed),
                "inLanguage": "en",
                // The catalogue knows when this version came, and of the first that nothing came before it.
                "datePublished": (listed.version == 1).then(|| listed.published_from.to_string()),
                "dateModified": listed.published_from.to_string(),
                "version": listed.version,
                "author": { "@id": company },
                "about": { "@id": program },
                "isPartOf": { "@type": "CreativeWork", "name": reading.edition.title(), "url": reading.address("") },
            },
            {
                "@type": "Service",
                "@id": program,
                "name": if listed.program.is_empty() { &listed.company } else { &listed.program },
                "provider": { "@id": company },
            },
            organization(reading, listed, published, &company),
        ],
    });
    inside_a_script(&without_nulls(graph))
}

/// Where the page stands: edition, letter, company.
fn trail(reading: &Reading, listed: &Listed, page: &str) -> Result<Value, AppError> {
    let letter = reading.house.address(&list::under(reading, listed.letter)?);
    let steps = [
        (format!("{} edition", reading.edition.year), reading.address("")),
        (format!("Programs: {}", listed.letter), letter),
        (listed.company.clone(), page.to_owned()),
    ];
    let item = |(position, (name, item)): (usize, (String, String))| json!({ "@type": "ListItem", "position": position + 1, "name": name, "item": item });
    Ok(json!({ "@type": "BreadcrumbList", "itemListElement": steps.into_iter().enumerate().map(item).collect::<Vec<_>>() }))
}

fn organization(reading: &Reading, listed: &Listed, published: &Published, id: &str) -> Value {
    let roles = &reading.edition.questionnaire.roles;
    let answer = |key: &str| published.answers.get(key).and_then(Value::as_str);
    let website = roles.website.as_deref().and_then(answer).and_then(|typed| web_address(typed).ok());
    let contact = answer(&roles.contact).filter(|typed| is_email(typed));
    json!({
        "@type": "Organization",
        "@id": id,
        "name": listed.company,
        "url": website.map(String::from),
        "contactPoint": contact.map(|email| json!({ "@type": "ContactPoint", "contactType": "partner program", "email": email })),
    })
}

/// Without what nobody said.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            object.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key, without_nulls(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// JSON in which nothing can end the script element that it stands in, or begin a comment there.
fn inside_a_script(value: &Value) -> Result<String, AppError> {
    let text = serde_json::to_string(value).map_err(AppError::broken)?;
    Ok(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script_early() {
        let value = json!({ "name": "</script><!-- & \u{2028}", "nobody": null, "list": [{ "said": null }] });
        let value = without_nulls(value);
        let text = inside_a_script(&value).unwrap();
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert_eq!(value, json!({ "name": "</script><!-- & \u{2028}", "list": [{}] }));
    }
}
