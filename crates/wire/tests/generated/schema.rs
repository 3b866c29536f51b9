//! Whether a value fits an OpenAPI schema: the words of JSON Schema that our schemas use, and no others.

use serde_json::{Map, Value};

pub struct Schemas(pub Map<String, Value>);

impl Schemas {
    /// Whether `value` fits the schema of this name.
    pub fn accept(&self, name: &str, value: &Value) -> bool {
        let schema = self.0.get(name).unwrap_or_else(|| panic!("no schema {name}"));
        self.fits(schema, value)
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let schema = schema.as_object().expect("a schema is an object");
        schema.iter().all(|(word, given)| match word.as_str() {
            "description" => true,
            "$ref" => self.accept(
                given.as_str().expect("a name").rsplit('/').next().expect("a name"),
                value,
            ),
            "type" => types(given).any(|name| is(name, value)),
            "enum" => given.as_array().expect("values").contains(value),
            "oneOf" => {
                given
                    .as_array()
                    .expect("schemas")
                    .iter()
                    .filter(|one| self.fits(one, value))
                    .count()
                    == 1
            }
            "format" => value.as_str().is_none_or(|text| format(given, text)),
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= given.as_f64().expect("a number")),
            "items" => value
                .as_array()
                .is_none_or(|items| items.iter().all(|item| self.fits(given, item))),
            "required" => value.as_object().is_none_or(|object| {
                given
                    .as_array()
                    .expect("names")
                    .iter()
                    .all(|name| object.contains_key(name.as_str().expect("a name")))
            }),
            "properties" => value.as_object().is_none_or(|object| {
                let known = |(name, value): (&String, &Value)| given.get(name).is_none_or(|one| self.fits(one, value));
                object.iter().all(known)
            }),
            "additionalProperties" => {
                assert_eq!(*given, Value::Bool(false), "only closed objects are checked here");
                let known = |name: &String| schema.get("properties").is_some_and(|all| all.get(name).is_some());
                value.as_object().is_none_or(|object| object.keys().all(known))
            }
            other => panic!("a word nobody checks here: {other}"),
        })
    }
}

fn types(given: &Value) -> impl Iterator<Item = &str> {
    let several = given
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or(std::slice::from_ref(given));
    several.iter().filter_map(Value::as_str)
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("a type nobody checks here: {other}"),
    }
}

/// Formats of numbers say how wide they are, which no value here comes near.
fn format(given: &Value, text: &str) -> bool {
    given != "uuid" || uuid::Uuid::parse_str(text).is_ok()
}
