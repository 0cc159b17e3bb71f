"""The fields of a person in groups, as they are compared, chosen and told."""

# What is chosen together: half an address of each would be nobody's.
FIELD_GROUPS: dict[str, tuple[str, ...]] = {
    "given_name": ("given_name",),
    "surname": ("infix", "surname"),
    "birth_name": ("birth_name",),
    "birth": ("born", "born_year"),
    "died": ("died",),
    "gender": ("gender",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("address", "postcode", "municipality_id"),
}
