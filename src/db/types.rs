//! SQL types that both databases have, each in its own way, so that rows need not know which it is.

use std::{
    fmt::{self, Debug},
    io::Write,
    ops::Deref,
};

use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::{Pg, PgValue},
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, Text},
    sqlite::{Sqlite, SqliteValue},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::connection::{MultiBackend, MultiRawValue};
pub use super::ids::*;

/// The SQL types, for table definitions.
pub mod sql {
    use diesel::{
        query_builder::QueryId,
        sql_types::{HasSqlType, SqlOrd, SqlType},
    };

    use super::MultiBackend;

    /// An id: `uuid` in PostgreSQL, hyphenated `TEXT` in SQLite. See [`crate::db::ids`].
    #[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Text"))]
    pub struct Guid;

    /// A [`super::Moment`]: `timestamptz` in PostgreSQL, microseconds since 1970 as `INTEGER` in SQLite.
    #[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
    #[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Long"))]
    pub struct Moment;

    /// A [`super::Document`]: `json` in PostgreSQL, `TEXT` in SQLite. Not `jsonb`, which refuses
    /// U+0000 and reorders keys: what was typed is stored as it was typed, alike in both.
    #[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
    #[diesel(postgres_type(oid = 114, array_oid = 199), sqlite_type(name = "Text"))]
    pub struct Json;

    impl SqlOrd for Moment {}

    macro_rules! known_to_both {
        ($($sql_type:ty),+) => {$(
            impl HasSqlType<$sql_type> for MultiBackend {
                fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                    Self::lookup_sql_type::<$sql_type>(lookup)
                }
            }
        )+};
    }

    known_to_both!(Guid, Moment, Json);
}

// ---- moments ------------------------------------------------------------------------------

/// A point in time, cut to the microseconds that both databases keep: what is read back equals what
/// was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Moment)]
#[serde(from = "Timestamp", into = "Timestamp")]
pub struct Moment(Timestamp);

impl Moment {
    /// The timestamp inside.
    pub const fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        // A whole number of microseconds within jiff's range is within it again.
        Self(Timestamp::from_microsecond(timestamp.as_microsecond()).unwrap_or(timestamp))
    }
}

impl From<Moment> for Timestamp {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

impl Deref for Moment {
    type Target = Timestamp;

    fn deref(&self) -> &Timestamp {
        &self.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// PostgreSQL counts from 2000, in microseconds.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

impl ToSql<sql::Moment, Pg> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let microseconds = self.0.as_microsecond() - POSTGRES_EPOCH;
        ToSql::<BigInt, Pg>::to_sql(&microseconds, &mut out.reborrow())
    }
}

impl ToSql<sql::Moment, Sqlite> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_microsecond());
        Ok(IsNull::No)
    }
}

impl ToSql<sql::Moment, MultiBackend> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((sql::Moment, self));
        Ok(IsNull::No)
    }
}

impl FromSql<sql::Moment, Pg> for Moment {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let microseconds: i64 = FromSql::<BigInt, Pg>::from_sql(value)?;
        let since_1970 = microseconds.checked_add(POSTGRES_EPOCH).ok_or("the moment is infinite")?;
        Ok(Self(Timestamp::from_microsecond(since_1970)?))
    }
}

impl FromSql<sql::Moment, Sqlite> for Moment {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let microseconds: i64 = FromSql::<BigInt, Sqlite>::from_sql(value)?;
        Ok(Self(Timestamp::from_microsecond(microseconds)?))
    }
}

impl FromSql<sql::Moment, MultiBackend> for Moment {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, sql::Moment>()
    }
}

// ---- documents ----------------------------------------------------------------------------

/// Any serde type, stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Json)]
#[serde(transparent)]
pub struct Document<T>(pub T);

impl<T: Serialize + Debug> ToSql<sql::Json, Pg> for Document<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&serde_json::to_vec(&self.0)?)?;
        Ok(IsNull::No)
    }
}

impl<T: Serialize + Debug> ToSql<sql::Json, Sqlite> for Document<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<T: Serialize + Debug + Send + Sync + 'static> ToSql<sql::Json, MultiBackend> for Document<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((sql::Json, self));
        Ok(IsNull::No)
    }
}

impl<T: DeserializeOwned> FromSql<sql::Json, Pg> for Document<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_slice(value.as_bytes())?))
    }
}

impl<T: DeserializeOwned> FromSql<sql::Json, Sqlite> for Document<T> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text: String = FromSql::<Text, Sqlite>::from_sql(value)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}

impl<T: DeserializeOwned> FromSql<sql::Json, MultiBackend> for Document<T> {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, sql::Json>()
    }
}

/// JSON as it is stored: who takes it apart finds out whether it is whole.
#[derive(Debug, Clone, PartialEq, Eq, FromSqlRow)]
pub struct Unread(pub String);

impl FromSql<sql::Json, Pg> for Unread {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(String::from_utf8(value.as_bytes().to_vec())?))
    }
}

impl FromSql<sql::Json, Sqlite> for Unread {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(FromSql::<Text, Sqlite>::from_sql(value)?))
    }
}

impl FromSql<sql::Json, MultiBackend> for Unread {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, sql::Json>()
    }
}

// ---- words --------------------------------------------------------------------------------

/// Stores an enum of this crate as text: it needs `as_str(self) -> &'static str` (or `&self`),
/// `FromStr`, `Debug` and `Copy`.
macro_rules! stored_as_text {
    ($word:ty) => {
        const _: () = {
            #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
            #[diesel(foreign_derive, sql_type = diesel::sql_types::Text)]
            #[allow(dead_code)]
            struct Proxy($word);

            impl<Database> diesel::serialize::ToSql<diesel::sql_types::Text, Database> for $word
            where
                Database: diesel::backend::Backend,
                str: diesel::serialize::ToSql<diesel::sql_types::Text, Database>,
            {
                fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, Database>) -> diesel::serialize::Result {
                    <str as diesel::serialize::ToSql<diesel::sql_types::Text, Database>>::to_sql(self.as_str(), out)
                }
            }

            impl<Database> diesel::deserialize::FromSql<diesel::sql_types::Text, Database> for $word
            where
                Database: diesel::backend::Backend,
                String: diesel::deserialize::FromSql<diesel::sql_types::Text, Database>,
            {
                fn from_sql(value: Database::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                    let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, Database>>::from_sql(value)?;
                    Ok(text.parse::<$word>()?)
                }
            }
        };
    };
}
pub(crate) use stored_as_text;
