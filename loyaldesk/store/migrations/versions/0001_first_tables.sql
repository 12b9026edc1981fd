-- The first tables, as they were then; never changed, later versions change them step by step.

CREATE TABLE change_group (
    label TEXT NOT NULL,
    actor TEXT NOT NULL,
    at DATETIME NOT NULL,
    is_undoable BOOLEAN DEFAULT 1 NOT NULL,
    undoes_id INTEGER,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_change_group PRIMARY KEY (id),
    CONSTRAINT fk_change_group_undoes_id_change_group FOREIGN KEY(undoes_id) REFERENCES change_group (id) ON DELETE RESTRICT,
    CONSTRAINT uq_change_group_uid UNIQUE (uid)
);

CREATE TABLE customer (
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    trading_name TEXT DEFAULT '' NOT NULL,
    status VARCHAR(40) DEFAULT 'active' NOT NULL,
    status_since DATE,
    parent_id INTEGER,
    segment TEXT DEFAULT '' NOT NULL,
    territory TEXT DEFAULT '' NOT NULL,
    account_manager TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    currency TEXT DEFAULT 'EUR' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    town TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    website TEXT DEFAULT '' NOT NULL,
    tax_id TEXT DEFAULT '' NOT NULL,
    terms_days INTEGER DEFAULT '30' NOT NULL,
    credit_limit_minor INTEGER,
    credit_status VARCHAR(40) DEFAULT 'good' NOT NULL,
    is_key_account BOOLEAN DEFAULT 0 NOT NULL,
    statement_type VARCHAR(40) DEFAULT 'open-item' NOT NULL,
    envelope TEXT DEFAULT '' NOT NULL,
    customer_since DATE,
    last_contact_on DATE,
    notes TEXT DEFAULT '' NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_customer PRIMARY KEY (id),
    CONSTRAINT ck_customer_not_own_parent CHECK (parent_id IS NULL OR parent_id <> id),
    CONSTRAINT ck_customer_terms_days CHECK (terms_days BETWEEN 0 AND 999),
    CONSTRAINT uq_customer_number UNIQUE (number),
    CONSTRAINT fk_customer_parent_id_customer FOREIGN KEY(parent_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT uq_customer_uid UNIQUE (uid)
);

CREATE INDEX ix_customer_key_account ON customer (name_key, id) WHERE is_key_account = 1;

CREATE INDEX ix_customer_last_contact_on ON customer (last_contact_on, id);

CREATE INDEX ix_customer_manager ON customer (account_manager, name_key, id);

CREATE INDEX ix_customer_name_key ON customer (name_key, id);

CREATE INDEX ix_customer_number_key ON customer (number_key, id);

CREATE INDEX ix_customer_on_watch ON customer (name_key, id) WHERE credit_status <> 'good';

CREATE INDEX ix_customer_parent_id ON customer (parent_id) WHERE parent_id IS NOT NULL;

CREATE UNIQUE INDEX ix_customer_source ON customer (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE INDEX ix_customer_town ON customer (town, id);

CREATE TABLE draft (
    "key" TEXT NOT NULL,
    content TEXT NOT NULL,
    kept_at DATETIME NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_key UNIQUE ("key")
);

CREATE TABLE import_run (
    source_system TEXT NOT NULL,
    source TEXT NOT NULL,
    map_name TEXT NOT NULL,
    started_at DATETIME NOT NULL,
    finished_at DATETIME,
    counts TEXT DEFAULT '{}' NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_import_run PRIMARY KEY (id)
);

CREATE TABLE number_series (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    next_number INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_number_series PRIMARY KEY (id),
    CONSTRAINT uq_number_series_series_year UNIQUE (series, year)
);

CREATE TABLE product (
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    product_group TEXT DEFAULT '' NOT NULL,
    unit TEXT DEFAULT 'pcs' NOT NULL,
    currency TEXT DEFAULT 'EUR' NOT NULL,
    unit_price_micro INTEGER DEFAULT '0' NOT NULL,
    tax_ppm INTEGER DEFAULT '0' NOT NULL,
    is_discontinued BOOLEAN DEFAULT 0 NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_product PRIMARY KEY (id),
    CONSTRAINT uq_product_number UNIQUE (number),
    CONSTRAINT uq_product_uid UNIQUE (uid)
);

CREATE INDEX ix_product_name_key ON product (name_key, id);

CREATE INDEX ix_product_number_key ON product (number_key, id);

CREATE UNIQUE INDEX ix_product_source ON product (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_key UNIQUE ("key")
);

CREATE TABLE stored_file (
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    mime TEXT NOT NULL,
    stored_at DATETIME NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_stored_file PRIMARY KEY (id),
    CONSTRAINT uq_stored_file_sha256 UNIQUE (sha256)
);

CREATE TABLE address (
    customer_id INTEGER NOT NULL,
    use VARCHAR(40) DEFAULT 'billing' NOT NULL,
    is_default BOOLEAN DEFAULT 1 NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    extra TEXT DEFAULT '' NOT NULL,
    street TEXT DEFAULT '' NOT NULL,
    postcode TEXT DEFAULT '' NOT NULL,
    town TEXT DEFAULT '' NOT NULL,
    region TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_address PRIMARY KEY (id),
    CONSTRAINT fk_address_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT uq_address_uid UNIQUE (uid)
);

CREATE INDEX ix_address_customer_id ON address (customer_id, id);

CREATE UNIQUE INDEX ix_address_source ON address (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE change (
    group_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    last_row_id INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    fields TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT fk_change_group_id_change_group FOREIGN KEY(group_id) REFERENCES change_group (id) ON DELETE RESTRICT
);

CREATE INDEX ix_change_group_id ON change (group_id);

CREATE INDEX ix_change_row ON change (table_name, row_id, id);

CREATE TABLE contact (
    customer_id INTEGER NOT NULL,
    salutation TEXT DEFAULT '' NOT NULL,
    given_name TEXT DEFAULT '' NOT NULL,
    family_name TEXT NOT NULL,
    role TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    mobile TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    preferred_channel TEXT DEFAULT '' NOT NULL,
    preferred_time TEXT DEFAULT '' NOT NULL,
    birthday DATE,
    consent_on DATE,
    notes TEXT DEFAULT '' NOT NULL,
    is_primary BOOLEAN DEFAULT 0 NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT uq_contact_uid UNIQUE (uid)
);

CREATE INDEX ix_contact_customer_id ON contact (customer_id, id);

CREATE UNIQUE INDEX ix_contact_source ON contact (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE document (
    customer_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    kind VARCHAR(40) DEFAULT 'other' NOT NULL,
    name TEXT NOT NULL,
    pages INTEGER,
    filed_on DATE NOT NULL,
    filed_by TEXT DEFAULT '' NOT NULL,
    is_pinned BOOLEAN DEFAULT 0 NOT NULL,
    replaces_id INTEGER,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT fk_document_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_document_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
    CONSTRAINT fk_document_replaces_id_document FOREIGN KEY(replaces_id) REFERENCES document (id) ON DELETE RESTRICT,
    CONSTRAINT uq_document_uid UNIQUE (uid)
);

CREATE INDEX ix_document_customer ON document (customer_id, filed_on, id);

CREATE INDEX ix_document_file_id ON document (file_id, customer_id);

CREATE INDEX ix_document_filed_on ON document (filed_on, id);

CREATE INDEX ix_document_pinned ON document (customer_id, filed_on, id) WHERE is_pinned = 1;

CREATE UNIQUE INDEX ix_document_source ON document (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE payment (
    number TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    received_on DATE NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    unallocated_minor INTEGER NOT NULL,
    method TEXT DEFAULT '' NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    recorded_at DATETIME NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id),
    CONSTRAINT ck_payment_amount CHECK (amount_minor > 0),
    CONSTRAINT ck_payment_unallocated CHECK (unallocated_minor BETWEEN 0 AND amount_minor),
    CONSTRAINT uq_payment_number UNIQUE (number),
    CONSTRAINT fk_payment_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT uq_payment_uid UNIQUE (uid)
);

CREATE INDEX ix_payment_customer ON payment (customer_id, received_on, id);

CREATE UNIQUE INDEX ix_payment_source ON payment (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE INDEX ix_payment_unallocated ON payment (customer_id, currency, unallocated_minor, id) WHERE unallocated_minor <> 0;

CREATE TABLE document_link (
    document_id INTEGER NOT NULL,
    linked_kind VARCHAR(40) NOT NULL,
    linked_id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_document_link PRIMARY KEY (id),
    CONSTRAINT fk_document_link_document_id_document FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
    CONSTRAINT uq_document_link_uid UNIQUE (uid)
);

CREATE INDEX ix_document_link_document_id ON document_link (document_id);

CREATE UNIQUE INDEX ix_document_link_linked ON document_link (linked_kind, linked_id, document_id);

CREATE TABLE sales_order (
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    contact_id INTEGER,
    status VARCHAR(40) DEFAULT 'submitted' NOT NULL,
    hold_reason TEXT DEFAULT '' NOT NULL,
    customer_po TEXT DEFAULT '' NOT NULL,
    customer_po_key TEXT DEFAULT '' NOT NULL,
    customer_po_on DATE,
    ordered_on DATE NOT NULL,
    channel TEXT DEFAULT '' NOT NULL,
    requested_on DATE,
    promised_on DATE,
    acknowledged_on DATE,
    released_on DATE,
    shipped_on DATE,
    invoiced_on DATE,
    followed_up_on DATE,
    currency TEXT NOT NULL,
    freight_minor INTEGER DEFAULT '0' NOT NULL,
    freight_tax_ppm INTEGER DEFAULT '0' NOT NULL,
    net_minor INTEGER DEFAULT '0' NOT NULL,
    tax_minor INTEGER DEFAULT '0' NOT NULL,
    total_minor INTEGER DEFAULT '0' NOT NULL,
    terms_days INTEGER DEFAULT '30' NOT NULL,
    delivery_terms TEXT DEFAULT '' NOT NULL,
    ship_via TEXT DEFAULT '' NOT NULL,
    salesperson TEXT DEFAULT '' NOT NULL,
    ship_recipient TEXT DEFAULT '' NOT NULL,
    ship_street TEXT DEFAULT '' NOT NULL,
    ship_postcode TEXT DEFAULT '' NOT NULL,
    ship_town TEXT DEFAULT '' NOT NULL,
    ship_region TEXT DEFAULT '' NOT NULL,
    ship_country TEXT DEFAULT '' NOT NULL,
    notes TEXT DEFAULT '' NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_sales_order PRIMARY KEY (id),
    CONSTRAINT uq_sales_order_number UNIQUE (number),
    CONSTRAINT fk_sales_order_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_sales_order_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE RESTRICT,
    CONSTRAINT uq_sales_order_uid UNIQUE (uid)
);

CREATE INDEX ix_sales_order_customer ON sales_order (customer_id, ordered_on, currency, status, net_minor, id);

CREATE INDEX ix_sales_order_customer_po_key ON sales_order (customer_po_key, id) WHERE customer_po_key <> '';

CREATE INDEX ix_sales_order_number_key ON sales_order (number_key, id);

CREATE INDEX ix_sales_order_ordered_on ON sales_order (ordered_on, id);

CREATE UNIQUE INDEX ix_sales_order_source ON sales_order (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE INDEX ix_sales_order_to_acknowledge ON sales_order (ordered_on, id) WHERE status = 'submitted';

CREATE INDEX ix_sales_order_total_minor ON sales_order (total_minor, id);

CREATE INDEX ix_sales_order_unfinished ON sales_order (customer_id, status, promised_on, id) WHERE status IN ('draft', 'submitted', 'acknowledged', 'part_delivered');

CREATE TABLE activity (
    customer_id INTEGER NOT NULL,
    contact_id INTEGER,
    order_id INTEGER,
    kind VARCHAR(40) NOT NULL,
    happened_at DATETIME NOT NULL,
    subject TEXT NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    topic TEXT DEFAULT '' NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    department TEXT DEFAULT '' NOT NULL,
    is_pinned BOOLEAN DEFAULT 0 NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT fk_activity_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_activity_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE RESTRICT,
    CONSTRAINT fk_activity_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id) ON DELETE RESTRICT,
    CONSTRAINT uq_activity_uid UNIQUE (uid)
);

CREATE INDEX ix_activity_customer ON activity (customer_id, happened_at, id);

CREATE INDEX ix_activity_order_id ON activity (order_id, happened_at);

CREATE UNIQUE INDEX ix_activity_source ON activity (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE invoice (
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    kind VARCHAR(40) DEFAULT 'invoice' NOT NULL,
    customer_id INTEGER NOT NULL,
    order_id INTEGER,
    invoiced_on DATE NOT NULL,
    due_on DATE,
    terms_days INTEGER,
    currency TEXT NOT NULL,
    freight_minor INTEGER DEFAULT '0' NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER DEFAULT '0' NOT NULL,
    total_minor INTEGER NOT NULL,
    open_minor INTEGER NOT NULL,
    customer_po TEXT DEFAULT '' NOT NULL,
    disputed_on DATE,
    dispute_reason TEXT DEFAULT '' NOT NULL,
    dispute_case TEXT DEFAULT '' NOT NULL,
    recorded_at DATETIME NOT NULL,
    source_system TEXT,
    source_key TEXT,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_invoice PRIMARY KEY (id),
    CONSTRAINT ck_invoice_total CHECK (total_minor >= 0),
    CONSTRAINT ck_invoice_open CHECK (open_minor BETWEEN 0 AND total_minor),
    CONSTRAINT uq_invoice_number UNIQUE (number),
    CONSTRAINT fk_invoice_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_invoice_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id) ON DELETE RESTRICT,
    CONSTRAINT uq_invoice_uid UNIQUE (uid)
);

CREATE INDEX ix_invoice_customer ON invoice (customer_id, invoiced_on, id);

CREATE INDEX ix_invoice_number_key ON invoice (number_key, id);

CREATE INDEX ix_invoice_open ON invoice (customer_id, currency, kind, due_on, open_minor, id) WHERE open_minor <> 0;

CREATE INDEX ix_invoice_order_id ON invoice (order_id, id);

CREATE UNIQUE INDEX ix_invoice_source ON invoice (source_system, source_key) WHERE source_key IS NOT NULL;

CREATE TABLE letter (
    kind VARCHAR(40) NOT NULL,
    number TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    customer_id INTEGER NOT NULL,
    order_id INTEGER,
    document_id INTEGER NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_by TEXT NOT NULL,
    language TEXT NOT NULL,
    as_of DATE,
    period_from DATE,
    data_sha256 BLOB NOT NULL,
    copies INTEGER DEFAULT '0' NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_letter PRIMARY KEY (id),
    CONSTRAINT uq_letter_kind_number_revision UNIQUE (kind, number, revision),
    CONSTRAINT fk_letter_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_letter_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id) ON DELETE RESTRICT,
    CONSTRAINT fk_letter_document_id_document FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
    CONSTRAINT uq_letter_uid UNIQUE (uid)
);

CREATE INDEX ix_letter_customer ON letter (customer_id, kind, issued_at, id);

CREATE INDEX ix_letter_order_id ON letter (order_id, revision);

CREATE TABLE order_line (
    order_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    product_id INTEGER,
    item_number TEXT DEFAULT '' NOT NULL,
    customer_item_number TEXT DEFAULT '' NOT NULL,
    description TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL,
    shipped_milli INTEGER DEFAULT '0' NOT NULL,
    unit TEXT DEFAULT 'pcs' NOT NULL,
    unit_price_micro INTEGER NOT NULL,
    discount_ppm INTEGER DEFAULT '0' NOT NULL,
    tax_ppm INTEGER DEFAULT '0' NOT NULL,
    net_minor INTEGER NOT NULL,
    requested_on DATE,
    promised_on DATE,
    shipped_on DATE,
    asked_quantity_milli INTEGER,
    asked_price_micro INTEGER,
    asked_item TEXT,
    difference_reason TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_order_line PRIMARY KEY (id),
    CONSTRAINT ck_order_line_quantities CHECK (quantity_milli >= 0 AND shipped_milli >= 0),
    CONSTRAINT ck_order_line_discount CHECK (discount_ppm BETWEEN 0 AND 1000000),
    CONSTRAINT fk_order_line_order_id_sales_order FOREIGN KEY(order_id) REFERENCES sales_order (id) ON DELETE RESTRICT,
    CONSTRAINT fk_order_line_product_id_product FOREIGN KEY(product_id) REFERENCES product (id) ON DELETE RESTRICT
);

CREATE UNIQUE INDEX ix_order_line_order_id ON order_line (order_id, position);

CREATE TABLE allocation (
    customer_id INTEGER NOT NULL,
    payment_id INTEGER,
    credit_note_id INTEGER,
    invoice_id INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    applied_on DATE NOT NULL,
    recorded_at DATETIME NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_allocation PRIMARY KEY (id),
    CONSTRAINT ck_allocation_one_source CHECK ((payment_id IS NULL) <> (credit_note_id IS NULL)),
    CONSTRAINT ck_allocation_amount CHECK (amount_minor <> 0),
    CONSTRAINT fk_allocation_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_allocation_payment_id_payment FOREIGN KEY(payment_id) REFERENCES payment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_allocation_credit_note_id_invoice FOREIGN KEY(credit_note_id) REFERENCES invoice (id) ON DELETE RESTRICT,
    CONSTRAINT fk_allocation_invoice_id_invoice FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE RESTRICT,
    CONSTRAINT uq_allocation_uid UNIQUE (uid)
);

CREATE INDEX ix_allocation_credit_note_id ON allocation (credit_note_id);

CREATE INDEX ix_allocation_customer ON allocation (customer_id, applied_on, id);

CREATE INDEX ix_allocation_invoice_id ON allocation (invoice_id);

CREATE INDEX ix_allocation_payment_id ON allocation (payment_id);

CREATE TABLE invoice_line (
    invoice_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    order_line_id INTEGER,
    item_number TEXT DEFAULT '' NOT NULL,
    description TEXT NOT NULL,
    quantity_milli INTEGER NOT NULL,
    unit TEXT DEFAULT 'pcs' NOT NULL,
    unit_price_micro INTEGER NOT NULL,
    discount_ppm INTEGER DEFAULT '0' NOT NULL,
    tax_ppm INTEGER DEFAULT '0' NOT NULL,
    net_minor INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_invoice_line PRIMARY KEY (id),
    CONSTRAINT fk_invoice_line_invoice_id_invoice FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE RESTRICT,
    CONSTRAINT fk_invoice_line_order_line_id_order_line FOREIGN KEY(order_line_id) REFERENCES order_line (id) ON DELETE RESTRICT
);

CREATE UNIQUE INDEX ix_invoice_line_invoice_id ON invoice_line (invoice_id, position);

CREATE INDEX ix_invoice_line_order_line_id ON invoice_line (order_line_id);
