-- Many desks on one hub; never changed, later versions change it step by step.

ALTER TABLE mail ADD COLUMN desk TEXT DEFAULT '' NOT NULL;
CREATE INDEX ix_customer_tax_id ON customer (tax_id) WHERE tax_id <> '';
DROP TABLE setting;
CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_key UNIQUE ("key"),
    CONSTRAINT uq_setting_uid UNIQUE (uid)
);
CREATE TABLE edit_conflict (
    customer_id INTEGER,
    record_kind TEXT NOT NULL,
    record_uid BLOB NOT NULL,
    field TEXT NOT NULL,
    rule TEXT NOT NULL,
    base TEXT NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL,
    winner TEXT NOT NULL,
    my_user TEXT NOT NULL,
    my_desk TEXT NOT NULL,
    my_edited_at DATETIME NOT NULL,
    their_user TEXT NOT NULL,
    their_edited_at DATETIME,
    mutation_uid BLOB NOT NULL,
    found_at DATETIME NOT NULL,
    status VARCHAR(40) DEFAULT 'open' NOT NULL,
    resolved_by TEXT DEFAULT '' NOT NULL,
    resolved_at DATETIME,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_edit_conflict PRIMARY KEY (id),
    CONSTRAINT fk_edit_conflict_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT uq_edit_conflict_uid UNIQUE (uid)
);
CREATE INDEX ix_edit_conflict_customer_id ON edit_conflict (customer_id, found_at, id);
CREATE INDEX ix_edit_conflict_record ON edit_conflict (record_kind, record_uid, id);
CREATE INDEX ix_edit_conflict_status ON edit_conflict (status, found_at, id);
CREATE TABLE customer_merge (
    customer_id INTEGER NOT NULL,
    gone_uid BLOB NOT NULL,
    gone TEXT NOT NULL,
    moved TEXT NOT NULL,
    merged_at DATETIME NOT NULL,
    merged_by TEXT NOT NULL,
    undone_at DATETIME,
    undone_by TEXT DEFAULT '' NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_customer_merge PRIMARY KEY (id),
    CONSTRAINT fk_customer_merge_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT uq_customer_merge_uid UNIQUE (uid)
);
CREATE INDEX ix_customer_merge_customer_id ON customer_merge (customer_id, id);
CREATE INDEX ix_customer_merge_gone_uid ON customer_merge (gone_uid);
CREATE TABLE paper_use (
    document_id INTEGER NOT NULL,
    used_at DATETIME NOT NULL,
    used_by TEXT NOT NULL,
    verb VARCHAR(40) NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_paper_use PRIMARY KEY (id),
    CONSTRAINT fk_paper_use_document_id_document FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
    CONSTRAINT uq_paper_use_uid UNIQUE (uid)
);
CREATE INDEX ix_paper_use_document_id ON paper_use (document_id, used_at, id);
CREATE INDEX ix_sales_order_contact_id ON sales_order (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX ix_order_line_product_id ON order_line (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX ix_activity_contact_id ON activity (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX ix_document_replaces_id ON document (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX ix_letter_document_id ON letter (document_id);
CREATE INDEX ix_mail_document_id ON mail (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX ix_statement_run_item_customer_id ON statement_run_item (customer_id);
CREATE INDEX ix_statement_run_item_parent_id ON statement_run_item (parent_id) WHERE parent_id IS NOT NULL;
