-- The ledger on PostgreSQL and what speaks its language. Portable SQL only: no sequence, trigger, advisory lock or
-- notification, and no INTEGER, which is not as long everywhere. Every key begins with the territory, so that a distributed engine keeps a transaction in one place.

-- Who serves a territory. `fence` grows at each taking; every writing transaction locks this row and compares it.
CREATE TABLE lease (
    territory UUID NOT NULL,
    holder UUID NOT NULL,
    fence BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (territory)
);

CREATE TABLE scope_head (
    territory UUID NOT NULL,
    scope TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (territory, scope)
);

-- `payload` is sealed with the server's key, and NULL once its record is erased: the place in the sequence stays, what
-- it said does not. `erasure` says that the change itself erases.
CREATE TABLE change (
    territory UUID NOT NULL,
    scope TEXT NOT NULL,
    seq BIGINT NOT NULL,
    replica BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    record UUID NOT NULL,
    payload BYTEA,
    effective BIGINT,
    erasure BOOLEAN NOT NULL,
    PRIMARY KEY (territory, scope, seq)
);
CREATE UNIQUE INDEX change_by_author ON change (territory, replica, sequence);
CREATE INDEX change_by_record ON change (territory, record);

-- How far each author's changes are consumed. After a restore the next batch may begin later, once: `reopened`.
CREATE TABLE author (
    territory UUID NOT NULL,
    replica BIGINT NOT NULL,
    last BIGINT NOT NULL,
    reopened BOOLEAN NOT NULL,
    PRIMARY KEY (territory, replica)
);

-- Consumed and not accepted: the same answer to a repeated batch.
CREATE TABLE refusal (
    territory UUID NOT NULL,
    replica BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (territory, replica, sequence)
);

-- Where each record lives, what it is, and whether it was erased: its first accepted change decides.
CREATE TABLE home (
    territory UUID NOT NULL,
    record UUID NOT NULL,
    scope TEXT NOT NULL,
    kind BIGINT NOT NULL,
    erased BOOLEAN NOT NULL,
    PRIMARY KEY (territory, record)
);

-- Batches as they were signed, compressed then sealed: the proof of who wrote. Dropped when a record in them is erased.
CREATE TABLE batch (
    territory UUID NOT NULL,
    replica BIGINT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    text BYTEA NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (territory, replica, first)
);

-- Which records a kept batch speaks of, accepted or refused: erasing one of them finds every text that holds it.
CREATE TABLE batch_record (
    territory UUID NOT NULL,
    record UUID NOT NULL,
    replica BIGINT NOT NULL,
    first BIGINT NOT NULL,
    PRIMARY KEY (territory, record, replica, first)
);

-- The registry of who may speak, as the pages of its encrypted file: it goes where the territory goes.
CREATE TABLE registry_page (
    territory UUID NOT NULL,
    page BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (territory, page)
);
