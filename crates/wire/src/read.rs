use serde::Serialize;
use serde::de::{DeserializeOwned, Error};
use serde_json::Value;

/// Reads what a client sent. serde alone takes a list for an object, field by field; this refuses it.
pub fn read<T: DeserializeOwned + Serialize>(json: &[u8]) -> serde_json::Result<T> {
    let read = serde_json::from_slice(json)?;
    // Few of them hold a list at all.
    if json.contains(&b'[') && !same_lists(&serde_json::from_slice(json)?, &serde_json::to_value(&read)?) {
        return Err(Error::custom("a list stands where an object belongs"));
    }
    Ok(read)
}

/// Whether every list given was understood as one.
fn same_lists(given: &Value, understood: &Value) -> bool {
    match (given, understood) {
        (Value::Array(given), Value::Array(understood)) => given.iter().zip(understood).all(|(a, b)| same_lists(a, b)),
        (Value::Array(_), _) => false,
        (Value::Object(given), Value::Object(understood)) => given
            .iter()
            .all(|(key, value)| understood.get(key).is_none_or(|other| same_lists(value, other))),
        _ => true,
    }
}
