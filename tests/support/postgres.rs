//! PostgreSQL for tests: one server for the whole run, a database a test.

use std::{
    env,
    net::TcpListener,
    path::{Path, PathBuf},
    process,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use url::Url;

use self::cluster::Cluster;
use super::requirement::Requirement;

mod cluster;

/// A server on which tests make databases of their own.
pub struct Server {
    /// Of a database that is always there, to make others from.
    address: Url,
    /// None for a server that was there already.
    cluster: Option<Cluster>,
}

/// The server all tests share; `None` where there is no PostgreSQL, and the test is left out.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(Server::find).as_ref();
    if server.is_none() {
        Requirement::Postgres.leave_out();
    }
    server
}

impl Server {
    /// A server for one test alone, which may stop it. It is gone when the value is dropped.
    pub fn own() -> Option<Self> {
        let server = Cluster::start_new().map(Self::from_cluster);
        if server.is_none() {
            Requirement::Postgres.leave_out();
        }
        server
    }

    fn find() -> Option<Self> {
        match env::var("ALMANAC_TEST_POSTGRES") {
            Ok(address) => {
                let address = Url::parse(&address).expect("ALMANAC_TEST_POSTGRES is a URL");
                let server = Self { address, cluster: None };
                server.remove_old_databases();
                Some(server)
            }
            Err(_not_set) => Cluster::start_new().map(Self::from_cluster),
        }
    }

    fn from_cluster(cluster: Cluster) -> Self {
        let address = format!("postgres://postgres@127.0.0.1:{}/postgres", cluster.port());
        let address = Url::parse(&address).expect("a port makes a valid URL");
        Self { address, cluster: Some(cluster) }
    }

    /// Makes a database and returns its URL. A template is the URL of a database made here before,
    /// to which no connection may be open.
    pub fn fresh_database(&self, template: Option<&str>) -> String {
        let name = fresh_name();
        let template = template.map_or("template1", name_in);
        let mut connection = self.connect();
        sql_query(format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .execute(&mut connection)
            .unwrap_or_else(|error| panic!("database {name} from {template}: {error}"));
        let mut address = self.address.clone();
        address.set_path(&name);
        address.into()
    }

    /// Stops a server of one's own at once, as a power cut would.
    pub fn stop(&self) {
        self.own_cluster().stop();
    }

    /// Starts it again, at the same address and with the same databases.
    pub fn start(&self) {
        self.own_cluster().start().expect("a server that ran before starts again");
    }

    fn own_cluster(&self) -> &Cluster {
        self.cluster.as_ref().expect("a server of one's own, made by Server::own()")
    }

    fn connect(&self) -> PgConnection {
        PgConnection::establish(self.address.as_str()).expect("the test server accepts connections")
    }

    /// On a server that outlives the run nobody else removes them. An hour is longer than any run.
    fn remove_old_databases(&self) {
        #[derive(QueryableByName)]
        struct Database {
            #[diesel(sql_type = Text)]
            name: String,
        }
        let mut connection = self.connect();
        let databases: Vec<Database> =
            sql_query("SELECT datname::text AS name FROM pg_database WHERE datname LIKE 'almanac\\_test\\_%'")
                .load(&mut connection)
                .expect("the names of databases can be read");
        for Database { name } in databases {
            if made_at(&name).is_some_and(|second| second + 3600 < seconds_since_1970()) {
                // Somebody else's run may have been quicker.
                let _removed = sql_query(format!("DROP DATABASE IF EXISTS {name}")).execute(&mut connection);
            }
        }
    }
}

fn fresh_name() -> String {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    format!("almanac_test_{}_{}_{number}", seconds_since_1970(), process::id())
}

fn made_at(name: &str) -> Option<u64> {
    name.strip_prefix("almanac_test_")?.split('_').next()?.parse().ok()
}

fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn name_in(address: &str) -> &str {
    let address = address.split('?').next().unwrap_or(address);
    address.rsplit('/').next().unwrap_or(address)
}

/// The folder with `initdb` and `pg_ctl`: in PATH, or the newest where Debian puts them.
fn programs() -> Option<PathBuf> {
    let in_path = env::split_paths(&env::var_os("PATH")?).find(|folder| has_programs(folder));
    in_path.or_else(|| {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let folders = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
        folders.filter(|folder| has_programs(folder)).max_by_key(|folder| version_of(folder))
    })
}

fn has_programs(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("pg_ctl").is_file()
}

fn version_of(folder: &Path) -> Option<u32> {
    folder.parent()?.file_name()?.to_str()?.parse().ok()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("a listener has an address").port()
}

#[cfg(test)]
mod tests {
    use diesel::sql_types::BigInt;

    use super::*;

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }

    fn count(address: &str) -> i64 {
        let mut connection = PgConnection::establish(address).unwrap();
        let counted: Count = sql_query("SELECT count(*) AS count FROM things").get_result(&mut connection).unwrap();
        counted.count
    }

    fn make_things(address: &str) {
        let mut connection = PgConnection::establish(address).unwrap();
        sql_query("CREATE TABLE things AS SELECT 1").execute(&mut connection).unwrap();
    }

    #[test]
    fn each_test_gets_a_database_of_its_own_from_a_template() {
        let Some(server) = server() else { return };
        let template = server.fresh_database(None);
        make_things(&template);
        let [one, other] = [(); 2].map(|()| server.fresh_database(Some(&template)));
        let mut connection = PgConnection::establish(&one).unwrap();
        sql_query("DELETE FROM things").execute(&mut connection).unwrap();
        assert_eq!((count(&one), count(&other)), (0, 1));
    }

    #[test]
    fn a_server_of_ones_own_goes_down_and_comes_back() {
        let Some(server) = Server::own() else { return };
        let database = server.fresh_database(None);
        make_things(&database);
        server.stop();
        assert!(PgConnection::establish(&database).is_err());
        server.start();
        assert_eq!(count(&database), 1);
    }

    #[test]
    fn names_tell_when_they_were_made() {
        let made = made_at(&fresh_name()).unwrap();
        assert!(seconds_since_1970() - made < 5);
        assert_eq!(made_at("somebody_elses"), None);
        assert_eq!(name_in("postgres://u:p@host:5432/name?sslmode=require"), "name");
    }
}
