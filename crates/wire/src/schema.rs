use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, Schema};

/// The schemas of a type and of every type it names, by name, as they stand in OpenAPI.
///
/// utoipa closes structs against unknown fields, but leaves the variants of a tagged enum open, where serde refuses
/// them all the same. So they are closed here; ask here and not `T::schema()`.
pub fn schemas<T: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut all = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut all);
    for (_, schema) in &mut all {
        if let RefOr::T(Schema::OneOf(variants)) = schema {
            variants.items.iter_mut().for_each(close);
        }
    }
    all
}

fn close(variant: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = variant
        && !object.properties.is_empty()
    {
        object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    }
}
