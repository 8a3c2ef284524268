//! The parameters of a search, for the OpenAPI document: they follow from what the editions' questionnaires offer.

use indexmap::IndexMap;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{OpenApi, RefOr, Required};

use crate::guide::search::{LONGEST_TEXT, MOST_WORDS, Offer};

/// A filter as some editions have it.
struct Offered {
    years: Vec<i32>,
    heading: String,
    /// Keys and words.
    choices: Vec<(String, String)>,
}

/// Writes the parameters of a search into a request of the document. `sorted`: whether it takes an order.
pub fn write(document: &mut OpenApi, path: &str, editions: &[(i32, Offer)], sorted: bool) {
    let operation = document.paths.paths.get_mut(path).and_then(|item| item.get.as_mut());
    if let Some(operation) = operation {
        let search =
            std::iter::once(text()).chain(filters(editions)).chain(numbers(editions)).chain(sorted.then(|| sort(editions)));
        operation.parameters.get_or_insert_default().extend(search.map(RefOr::T));
    }
}

fn text() -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST_TEXT)).build();
    let about = format!(
        "Only programs in which every word of this text stands or begins a word, wherever it is: in the company’s \
         or program’s name, in people’s names, in the answers. What is written in one word or in several \
         (e-mail, 24 x 7, 4,055, road show) is found as either; words with a hyphen or a slash between them are found \
         in one word or one after the other. Where there is no such program, typing errors are forgiven in words \
         of five letters or more that stand nowhere, and a letter that was left out or swapped in words of four. \
         It has no more than {MOST_WORDS} different words."
    );
    parameter("q", about, schema.into())
}

/// Every filter that any of the editions has.
fn filters(editions: &[(i32, Offer)]) -> Vec<Parameter> {
    let mut filters: IndexMap<String, Vec<Offered>> = IndexMap::new();
    for (year, offer) in editions {
        for (_, _, part) in offer.parts() {
            let known = filters.entry(part.name.to_string()).or_default();
            let choices: Vec<_> = part.choices.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())).collect();
            match known.iter_mut().find(|offered| offered.choices == choices && offered.heading == part.heading) {
                Some(offered) => offered.years.push(*year),
                None => known.push(Offered { years: vec![*year], heading: part.heading.to_string(), choices }),
            }
        }
    }
    filters.into_iter().map(|(name, offered)| filter(&name, &offered, editions.len())).collect()
}

/// Every filter by numbers that any of the editions has.
fn numbers(editions: &[(i32, Offer)]) -> Vec<Parameter> {
    let mut headings: IndexMap<&str, &str> = IndexMap::new();
    for (_, filter) in editions.iter().flat_map(|(_, offer)| offer.numbers()) {
        headings.entry(filter.place).or_insert_with(|| filter.question.heading());
    }
    let parameter = |(name, heading)| {
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^-?[0-9]+(--?[0-9]+)?$")).build();
        let about = format!(
            "{heading}. A whole number, or two with a hyphen between them: `2000-2004` has all numbers from the first to the \
             second. As the pages print it, with an en dash and with commas between thousands, it is understood as well."
        );
        parameter(name, about, schema.into())
    };
    headings.into_iter().map(parameter).collect()
}

fn filter(name: &str, offered: &[Offered], editions: usize) -> Parameter {
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in offered.iter().flat_map(|offered| &offered.choices) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    let key = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(keys)).build();
    let schema = ArrayBuilder::new().items(key).build();
    let about: Vec<String> = offered.iter().map(|offered| about(offered, editions)).collect();
    parameter(name, about.join("\n\n"), schema.into())
}

fn about(offered: &Offered, editions: usize) -> String {
    let choices: Vec<String> = offered.choices.iter().map(|(key, label)| format!("`{key}` {label}")).collect();
    let years: Vec<String> = offered.years.iter().map(i32::to_string).collect();
    let in_years = if years.len() == editions { String::new() } else { format!(" (editions: {})", years.join(", ")) };
    format!("{}{in_years}. Any of: {}.", offered.heading, choices.join("; "))
}

fn sort(editions: &[(i32, Offer)]) -> Parameter {
    let mut orders: Vec<String> = Vec::new();
    for order in editions.iter().flat_map(|(_, offer)| offer.orders()) {
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(orders)).build();
    let about = "The question by whose answers the programs are sorted; with `-` the last first. What is not answered comes \
                 last either way. Where nobody says: with `q` what fits best comes first, else by company.";
    parameter("sort", about.to_owned(), schema.into())
}

fn parameter(name: &str, about: String, schema: Schema) -> Parameter {
    let list = matches!(schema, Schema::Array(_));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .style(list.then_some(ParameterStyle::Form))
        .explode(list.then_some(true))
        .schema(Some(schema))
        .build()
}
