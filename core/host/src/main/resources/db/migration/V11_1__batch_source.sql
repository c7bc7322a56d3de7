-- Folders whose files become batches. A file is known by its digest, and gets its row in the transaction that makes its batch.

create table batch_source (
    id uuid primary key,
    tenant text not null,
    task text not null,
    folder text not null,
    fields jsonb not null,
    created_by text not null,
    created_at timestamptz not null,
    unique (tenant, folder, task)
);

create table batch_source_file (
    source uuid not null references batch_source on delete cascade,
    tenant text not null,
    sha256 text not null,
    name text not null,
    -- Of its batch; none where it was refused.
    batch uuid references batch,
    refused text,
    at timestamptz not null,
    primary key (source, sha256)
);
create index batch_source_file_listing on batch_source_file (source, at desc);
