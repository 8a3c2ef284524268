//! How SQLite goes about what is asked of it.

use std::sync::{Arc, Mutex};

use almanac::db::{Connection, DbError, profiles};
use diesel::connection::{Connection as _, InstrumentationEvent};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

use super::{databases::sqlite, rows::id};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The steps in which SQLite takes each query of an act.
fn plans(connection: &mut Connection, act: impl FnOnce(&mut Connection) -> Result<(), DbError>) -> Result<Vec<String>, DbError> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            heard.lock().unwrap().push(query.to_string());
        }
    });
    act(connection)?;
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    let Connection::Sqlite(connection) = connection else { panic!("not SQLite") };
    let asked = std::mem::take(&mut *asked.lock().unwrap());
    let mut steps = Vec::new();
    for query in asked {
        let query = query.split(" -- binds").next().unwrap();
        steps.extend(sql_query(format!("EXPLAIN QUERY PLAN {query}")).load::<Step>(connection)?);
    }
    Ok(steps.into_iter().map(|step| step.detail).collect())
}

/// Documents are long: what is asked every second and a half, and at each publication, must pass them over.
#[tokio::test]
async fn profiles_are_counted_and_headed_without_their_documents() {
    let database = sqlite();
    let db = database.open().await;
    let plan = |connection: &mut Connection| {
        plans(connection, |connection| {
            profiles::newest_change(connection)?;
            profiles::current(connection, id()).map(drop)
        })
    };
    let steps = db.read(plan).await.unwrap();
    let of_profiles: Vec<&String> = steps.iter().filter(|step| step.contains(" profiles ")).collect();
    assert_eq!(of_profiles.len(), 2, "{steps:?}");
    assert!(of_profiles.iter().all(|step| step.contains("USING COVERING INDEX")), "{steps:?}");
    assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "nothing is sorted: {steps:?}");
}
