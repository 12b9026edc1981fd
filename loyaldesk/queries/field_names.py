"""Which columns of a customer, a person and a place a form shows, in their order."""

__all__ = ["ADDRESS_FIELDS", "CONTACT_FIELDS", "CUSTOMER_FIELDS"]

CUSTOMER_FIELDS = (
    "number", "name", "trading_name", "status", "parent_id", "segment", "territory",
    "account_manager", "language", "currency", "phone", "email", "website", "tax_id", "terms_days",
    "credit_limit_minor", "credit_status", "is_key_account", "statement_type", "envelope", "notes",
    "letters_by", "letters_email", "wants_statements", "statement_scope",
    "acknowledgement_policy",
)  # fmt: skip
CONTACT_FIELDS = (
    "salutation", "given_name", "family_name", "role", "email", "phone", "mobile", "language",
    "preferred_channel", "preferred_time", "birthday", "consent_on", "notes", "is_primary",
)  # fmt: skip
ADDRESS_FIELDS = (
    "use", "is_default", "recipient", "extra", "street", "postcode", "town", "region", "country",
)  # fmt: skip
