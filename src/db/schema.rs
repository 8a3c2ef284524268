//! The tables, as both migration trees make them.

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// One year of the guide.
    editions (id) {
        id -> Guid,
        year -> Integer,
        name -> Text,
        time_zone -> Text,
        opens_at -> Moment,
        deadline_at -> Moment,
        publishes_at -> Moment,
        contact_name -> Text,
        contact_email -> Text,
        questionnaire -> Json,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// Vendors.
    companies (id) {
        id -> Guid,
        name -> Text,
        folded_name -> Text,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// People who sign in.
    accounts (id) {
        id -> Guid,
        email -> Text,
        folded_email -> Text,
        name -> Text,
        editor -> Bool,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// Who belongs to which company.
    members (company_id, account_id) {
        company_id -> Guid,
        account_id -> Guid,
        owner -> Bool,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// Links and codes sent by e-mail; only their hashes are kept.
    sign_in_links (id) {
        id -> Guid,
        email -> Text,
        token_hash -> Text,
        code_hash -> Text,
        next -> Text,
        created_at -> Moment,
        expires_at -> Moment,
        used_at -> Nullable<Moment>,
        tries -> Integer,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What limits how often one may try.
    attempts (id) {
        id -> Guid,
        kind -> Text,
        subject_hash -> Text,
        sender_hash -> Text,
        at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// Who is signed in.
    sessions (id) {
        id -> Guid,
        account_id -> Guid,
        token_hash -> Text,
        created_at -> Moment,
        last_seen_at -> Moment,
        expires_at -> Moment,
        revoked_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// One program's submission to one edition.
    entries (id) {
        id -> Guid,
        edition_id -> Guid,
        company_id -> Guid,
        reference -> Text,
        slug -> Text,
        status -> Text,
        revision -> Integer,
        company_name -> Text,
        program_name -> Text,
        created_at -> Moment,
        updated_at -> Moment,
        status_since -> Moment,
        submitted_at -> Nullable<Moment>,
        newest_turns -> Text,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What was answered to one question.
    answers (entry_id, question) {
        entry_id -> Guid,
        question -> Text,
        value -> Json,
        confirmed -> Nullable<Text>,
        reason -> Nullable<Text>,
        rival -> Nullable<Json>,
        account_id -> Nullable<Guid>,
        saved_at -> Moment,
        turns -> Nullable<Json>,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What happened, line by line.
    events (id) {
        id -> Guid,
        entry_id -> Nullable<Guid>,
        account_id -> Nullable<Guid>,
        act -> Text,
        details -> Json,
        at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What editors and vendors write to each other.
    notes (id) {
        id -> Guid,
        entry_id -> Guid,
        question -> Nullable<Text>,
        thread_id -> Nullable<Guid>,
        account_id -> Guid,
        body -> Text,
        internal -> Bool,
        resolved_at -> Nullable<Moment>,
        resolved_by -> Nullable<Guid>,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What readers see: one row a published version.
    profiles (id) {
        id -> Guid,
        entry_id -> Guid,
        edition_id -> Guid,
        version -> Integer,
        slug -> Text,
        document -> Json,
        published_by -> Nullable<Guid>,
        published_from -> Moment,
        published_until -> Nullable<Moment>,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// The outbox.
    messages (id) {
        id -> Guid,
        dedupe_key -> Text,
        kind -> Text,
        recipient -> Text,
        subject -> Text,
        content -> Json,
        created_at -> Moment,
        attempts -> Integer,
        next_attempt_at -> Moment,
        claimed_until -> Nullable<Moment>,
        last_error -> Nullable<Text>,
        sent_at -> Nullable<Moment>,
        failed_at -> Nullable<Moment>,
        secret_until -> Nullable<Moment>,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What was posted after a session had ended.
    kept_forms (id) {
        id -> Guid,
        token_hash -> Text,
        path -> Text,
        body -> Text,
        created_at -> Moment,
        account_id -> Nullable<Guid>,
        refused -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::sql::{Guid, Json, Moment};
    use diesel::sql_types::{Bool, Integer, Nullable, Text};

    /// What an entry said each time it was submitted.
    submissions (entry_id, number) {
        entry_id -> Guid,
        number -> Integer,
        answers -> Json,
        account_id -> Nullable<Guid>,
        submitted_at -> Moment,
    }
}

diesel::joinable!(members -> accounts (account_id));
diesel::joinable!(members -> companies (company_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(entries -> editions (edition_id));
diesel::joinable!(entries -> companies (company_id));
diesel::joinable!(answers -> entries (entry_id));
diesel::joinable!(events -> entries (entry_id));
diesel::joinable!(events -> accounts (account_id));
diesel::joinable!(notes -> entries (entry_id));
diesel::joinable!(notes -> accounts (account_id));
diesel::joinable!(profiles -> entries (entry_id));
diesel::joinable!(profiles -> editions (edition_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts, answers, companies, editions, entries, events, members, notes, profiles, sessions,
);
