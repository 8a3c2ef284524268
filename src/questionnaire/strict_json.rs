//! JSON in which no key stands twice: of two answers to one question none is lost unseen.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Reads a JSON object in which, at any depth, no key stands twice; none where the text is another JSON value.
pub(super) fn object(text: &str) -> Result<Option<Map<String, Value>>, serde_json::Error> {
    serde_json::from_str::<Strict>(text).map(|Strict(value)| match value {
        Value::Object(object) => Some(object),
        _ => None,
    })
}

/// Any JSON value.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Strict, E> {
        Ok(Strict(Value::Null))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Strict, E> {
        Ok(Strict(Value::Bool(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Strict, E> {
        Ok(Strict(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Strict, E> {
        Ok(Strict(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Strict, E> {
        Ok(Strict(number.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Strict, E> {
        Ok(Strict(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Strict, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Strict(Value::Array(values)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Strict, A::Error> {
        let mut object = Map::new();
        while let Some((key, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("the key \"{key}\" stands twice")));
            }
            object.insert(key, value);
        }
        Ok(Strict(Value::Object(object)))
    }
}
