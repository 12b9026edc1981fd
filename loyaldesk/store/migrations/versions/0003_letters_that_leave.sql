-- What letters need to leave the house; never changed, later versions change it step by step.

ALTER TABLE customer ADD COLUMN letters_by VARCHAR(40) DEFAULT 'print' NOT NULL;
ALTER TABLE customer ADD COLUMN letters_email TEXT DEFAULT '' NOT NULL;
ALTER TABLE customer ADD COLUMN wants_statements BOOLEAN DEFAULT 1 NOT NULL;
ALTER TABLE customer ADD COLUMN statement_scope VARCHAR(40) DEFAULT 'own' NOT NULL;
ALTER TABLE customer ADD COLUMN acknowledgement_policy TEXT DEFAULT '' NOT NULL;
ALTER TABLE customer ADD COLUMN dunning_paused_until DATE;
ALTER TABLE customer ADD COLUMN dunning_pause_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE sales_order ADD COLUMN received_at DATETIME;
ALTER TABLE sales_order ADD COLUMN asked_terms_days INTEGER;
ALTER TABLE sales_order ADD COLUMN asked_delivery_terms TEXT;
ALTER TABLE sales_order ADD COLUMN terms_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE sales_order ADD COLUMN verified_on DATE;
ALTER TABLE sales_order ADD COLUMN verification_note TEXT DEFAULT '' NOT NULL;
ALTER TABLE sales_order ADD COLUMN phoned_on DATE;
ALTER TABLE sales_order ADD COLUMN process_reviewed_on DATE;
ALTER TABLE invoice ADD COLUMN dunning_paused_until DATE;
ALTER TABLE invoice ADD COLUMN dunning_pause_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE letter ADD COLUMN level INTEGER;
ALTER TABLE letter ADD COLUMN fee_minor INTEGER;
CREATE INDEX ix_letter_issued_at ON letter (issued_at, id);
CREATE INDEX ix_letter_kind ON letter (kind, issued_at, id);
CREATE TABLE time_frame (
    product_group TEXT NOT NULL,
    lead_days INTEGER NOT NULL,
    picking_days INTEGER NOT NULL,
    transit_days INTEGER NOT NULL,
    call_days INTEGER NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_time_frame PRIMARY KEY (id),
    CONSTRAINT ck_time_frame_days CHECK (lead_days BETWEEN 0 AND 999 AND picking_days BETWEEN 0 AND 999 AND transit_days BETWEEN 0 AND 999 AND call_days BETWEEN 0 AND 999),
    CONSTRAINT uq_time_frame_product_group UNIQUE (product_group),
    CONSTRAINT uq_time_frame_uid UNIQUE (uid)
);
CREATE TABLE print_batch (
    printer TEXT NOT NULL,
    started_at DATETIME NOT NULL,
    started_by TEXT NOT NULL,
    letters INTEGER NOT NULL,
    confirmed_at DATETIME,
    confirmed_by TEXT DEFAULT '' NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_print_batch PRIMARY KEY (id),
    CONSTRAINT uq_print_batch_uid UNIQUE (uid)
);
CREATE INDEX ix_print_batch_started_at ON print_batch (started_at, id);
CREATE TABLE mail (
    customer_id INTEGER NOT NULL,
    document_id INTEGER,
    letter_id INTEGER,
    file_id INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state VARCHAR(40) DEFAULT 'queued' NOT NULL,
    written_at DATETIME NOT NULL,
    written_by TEXT NOT NULL,
    send_after DATETIME NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    last_tried_at DATETIME,
    accepted_at DATETIME,
    answer TEXT DEFAULT '' NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_mail PRIMARY KEY (id),
    CONSTRAINT fk_mail_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_mail_document_id_document FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
    CONSTRAINT fk_mail_letter_id_letter FOREIGN KEY(letter_id) REFERENCES letter (id) ON DELETE RESTRICT,
    CONSTRAINT fk_mail_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
    CONSTRAINT uq_mail_uid UNIQUE (uid)
);
CREATE INDEX ix_mail_customer ON mail (customer_id, written_at, id);
CREATE INDEX ix_mail_failed ON mail (written_at, id) WHERE state = 'failed';
CREATE INDEX ix_mail_letter_id ON mail (letter_id);
CREATE INDEX ix_mail_not_accepted ON mail (id, letter_id) WHERE state <> 'accepted' AND letter_id IS NOT NULL;
CREATE INDEX ix_mail_to_send ON mail (send_after, id) WHERE state IN ('queued', 'sending');
CREATE INDEX ix_mail_written_at ON mail (written_at, id);
CREATE TABLE dispatch (
    letter_id INTEGER NOT NULL,
    channel VARCHAR(40) NOT NULL,
    state VARCHAR(40) DEFAULT 'handed' NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    is_copy BOOLEAN DEFAULT 0 NOT NULL,
    print_batch_id INTEGER,
    position INTEGER,
    mail_id INTEGER,
    reason TEXT DEFAULT '' NOT NULL,
    dispatched_at DATETIME NOT NULL,
    dispatched_by TEXT NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_dispatch PRIMARY KEY (id),
    CONSTRAINT fk_dispatch_letter_id_letter FOREIGN KEY(letter_id) REFERENCES letter (id) ON DELETE RESTRICT,
    CONSTRAINT fk_dispatch_print_batch_id_print_batch FOREIGN KEY(print_batch_id) REFERENCES print_batch (id) ON DELETE RESTRICT,
    CONSTRAINT fk_dispatch_mail_id_mail FOREIGN KEY(mail_id) REFERENCES mail (id) ON DELETE RESTRICT,
    CONSTRAINT uq_dispatch_uid UNIQUE (uid)
);
CREATE INDEX ix_dispatch_dispatched_at ON dispatch (dispatched_at, id);
CREATE INDEX ix_dispatch_letter_id ON dispatch (letter_id, id);
CREATE INDEX ix_dispatch_mail_id ON dispatch (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX ix_dispatch_print_batch ON dispatch (print_batch_id, position);
CREATE INDEX ix_dispatch_unsettled ON dispatch (id, letter_id, print_batch_id) WHERE state <> 'confirmed' AND mail_id IS NULL AND is_copy = 0;
CREATE TABLE statement_run (
    as_of DATE NOT NULL,
    start DATE,
    selection TEXT NOT NULL,
    state VARCHAR(40) DEFAULT 'ready' NOT NULL,
    prepared_at DATETIME NOT NULL,
    prepared_by TEXT NOT NULL,
    finished_at DATETIME,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_statement_run PRIMARY KEY (id),
    CONSTRAINT uq_statement_run_uid UNIQUE (uid)
);
CREATE INDEX ix_statement_run_prepared_at ON statement_run (prepared_at, id);
CREATE TABLE statement_run_item (
    run_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    outcome VARCHAR(40) DEFAULT 'waiting' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    letter_id INTEGER,
    parent_id INTEGER,
    balances TEXT DEFAULT '{}' NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_statement_run_item PRIMARY KEY (id),
    CONSTRAINT uq_statement_run_item_run_id_customer_id UNIQUE (run_id, customer_id),
    CONSTRAINT fk_statement_run_item_run_id_statement_run FOREIGN KEY(run_id) REFERENCES statement_run (id) ON DELETE RESTRICT,
    CONSTRAINT fk_statement_run_item_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
    CONSTRAINT fk_statement_run_item_letter_id_letter FOREIGN KEY(letter_id) REFERENCES letter (id) ON DELETE RESTRICT,
    CONSTRAINT fk_statement_run_item_parent_id_customer FOREIGN KEY(parent_id) REFERENCES customer (id) ON DELETE RESTRICT
);
CREATE INDEX ix_statement_run_item_letter_id ON statement_run_item (letter_id);
CREATE INDEX ix_statement_run_item_outcome ON statement_run_item (run_id, outcome, position);
CREATE INDEX ix_statement_run_item_parent ON statement_run_item (run_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX ix_statement_run_item_position ON statement_run_item (run_id, position);
CREATE TABLE reminder_item (
    letter_id INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL,
    level INTEGER NOT NULL,
    open_minor INTEGER NOT NULL,
    reminded_on DATE NOT NULL,
    revoked_on DATE,
    revoke_reason TEXT DEFAULT '' NOT NULL,
    uid BLOB NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_reminder_item PRIMARY KEY (id),
    CONSTRAINT fk_reminder_item_letter_id_letter FOREIGN KEY(letter_id) REFERENCES letter (id) ON DELETE RESTRICT,
    CONSTRAINT fk_reminder_item_invoice_id_invoice FOREIGN KEY(invoice_id) REFERENCES invoice (id) ON DELETE RESTRICT,
    CONSTRAINT uq_reminder_item_uid UNIQUE (uid)
);
CREATE INDEX ix_reminder_item_invoice_id ON reminder_item (invoice_id, level, id);
CREATE INDEX ix_reminder_item_letter_id ON reminder_item (letter_id);
