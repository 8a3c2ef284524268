//! nginx, serving files that never change: what the readers' pages are measured by.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Client, get};
use crate::program::{find, free_address, processor_time};

/// An nginx that is running. It ends with this value.
pub struct Nginx {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl Nginx {
    /// Where nginx is, if it is there.
    pub fn found() -> Option<PathBuf> {
        find("nginx")
    }

    /// Serves the files of a folder, each under its name as an HTML page with these lines in the head of its answer.
    pub async fn serving(program: &Path, folder: &Path, files: &[(String, Vec<String>)]) -> Self {
        let address = free_address();
        let configuration = folder.join("nginx.conf");
        std::fs::write(&configuration, configured(&address, folder, files)).expect("a configuration");
        let mut command = Command::new(program);
        command.arg("-p").arg(folder).arg("-c").arg(&configuration).arg("-e").arg(folder.join("errors.log"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("nginx starts");
        let nginx = Self { child, address };
        nginx.answers().await;
        nginx
    }

    async fn answers(&self) {
        let begun = Instant::now();
        while Client::connect(&self.address).await.is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "nginx does not answer");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The processor time that its workers have taken.
    pub fn processor_time(&self) -> Duration {
        let process = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
        children.split_whitespace().filter_map(|worker| worker.parse().ok()).map(processor_time).sum()
    }

    /// Asks for a page.
    pub async fn ask(&self, path: &str) -> crate::client::Answer {
        let mut client = Client::connect(&self.address).await.expect("a connection");
        client.send(&get(&self.address, path, "identity")).await.expect("an answer")
    }
}

impl Drop for Nginx {
    /// SIGTERM, which `kill` sends: killed outright it would leave its workers behind.
    fn drop(&mut self) {
        Command::new("kill").arg(self.child.id().to_string()).status().ok();
        self.child.wait().ok();
    }
}

/// As fast as it goes: files sent by the kernel and kept open, two workers for two cores, no log of requests.
fn configured(address: &str, folder: &Path, files: &[(String, Vec<String>)]) -> String {
    let folder = folder.display();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let locations: String = files.iter().map(|(name, head)| location(name, head)).collect();
    format!(
        "daemon off;
user root;
worker_processes {workers};
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=100;
    keepalive_requests 100000000;
    default_type 'text/html; charset=utf-8';
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {address};
        root {folder}/files;
        {locations}
    }}
}}
"
    )
}

fn location(name: &str, head: &[String]) -> String {
    let lines = head.iter().filter_map(|line| line.split_once(": "));
    let lines: String = lines.map(|(name, value)| format!("add_header {name} \"{}\"; ", value.replace('"', "\\\""))).collect();
    format!("location /{name} {{ {lines}}}\n        ")
}
