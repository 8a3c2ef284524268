use super::*;

fn read(text: &str) -> MailTarget {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn server(text: &str) -> SmtpServer {
    match read(text) {
        MailTarget::Smtp(server) => server,
        MailTarget::File(path) => panic!("{text} became the folder {}", path.display()),
    }
}

#[test]
fn folders() {
    for (text, path) in
        [("file:./data/mail", "./data/mail"), ("file:/var/mail out", "/var/mail out"), ("file:///var/mail", "/var/mail")]
    {
        assert_eq!(read(text), MailTarget::File(PathBuf::from(path)));
    }
}

#[test]
fn servers_with_the_protection_that_fits() {
    for (text, shown) in [
        ("smtps://mail.example.com", "smtps://mail.example.com:465"),
        ("smtps://u:p@mail.example.com:4650", "smtps://u@mail.example.com:4650"),
        ("smtp://Mail.Example.com", "smtp://mail.example.com:587?tls=opportunistic"),
        ("smtp://u:p@mail.example.com", "smtp://u@mail.example.com:587?tls=required"),
        ("smtp://u:p@mail.example.com?tls=opportunistic", "smtp://u@mail.example.com:587?tls=opportunistic"),
        ("smtp://mail.example.com?tls=required", "smtp://mail.example.com:587?tls=required"),
        ("smtp://mail.example.com:2525/?tls=none", "smtp://mail.example.com:2525?tls=none"),
        ("smtp://localhost", "smtp://localhost:25?tls=none"),
        ("smtp://u:p@127.0.0.1:1025", "smtp://u@127.0.0.1:1025?tls=none"),
        ("smtp://[::1]:1025", "smtp://[::1]:1025?tls=none"),
        ("smtp://192.0.2.7", "smtp://192.0.2.7:587?tls=opportunistic"),
    ] {
        assert_eq!(read(text).to_string(), shown, "{text}");
    }
    assert_eq!(server("smtp://relay/guide.example.com").hello_name.as_deref(), Some("guide.example.com"));
    assert_eq!(server("smtp://relay/").hello_name, None);
}

#[test]
fn user_and_password_are_decoded() {
    let credentials = server("smtps://ruth%40example.org:a%23b%2Fc+d%20%C3%A9@mail.example.com").credentials;
    assert_eq!(credentials.user.as_deref(), Some("ruth@example.org"));
    assert_eq!(credentials.password.as_deref(), Some("a#b/c+d é"));
}

#[test]
fn user_and_password_may_come_from_elsewhere() {
    let given = |text: &str| Some(text.to_owned());
    let target = read("smtp://ruth@mail.example.com").with_credentials(None, given("s3cret")).unwrap();
    assert_eq!(target, read("smtp://ruth:s3cret@mail.example.com"));
    let target = read("smtp://a:b@mail.example.com").with_credentials(given("c"), given("d")).unwrap();
    assert_eq!(target, read("smtp://c:d@mail.example.com"));
    let unchanged = read("file:mail").with_credentials(None, None);
    assert_eq!(unchanged, Ok(read("file:mail")));

    let half = read("smtp://ruth@mail.example.com").with_credentials(None, None);
    assert_eq!(half, Err(MailTargetError::Credentials));
    let folder = read("file:mail").with_credentials(given("ruth"), None);
    assert_eq!(folder, Err(MailTargetError::CredentialsForFolder));
}

#[test]
fn the_password_is_never_shown() {
    let target = read("smtps://ruth:s3cret@mail.example.com");
    let shown = format!("{target} {target:?} {target:#?}");
    assert!(shown.contains("ruth") && !shown.contains("s3cret"), "{shown}");
    for text in ["smtp://ruth:s3cret#@mail.example.com", "ruth:s3cret@mail", "smtp://ruth:s3cret@", "smtp://ruth:s3cret/@mail"] {
        let error = text.parse::<MailTarget>().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for (text, error) in [
        ("", MailTargetError::Scheme),
        ("sendmail:", MailTargetError::Scheme),
        ("./data/mail", MailTargetError::Scheme),
        ("file:", MailTargetError::Folder),
        ("file://", MailTargetError::Folder),
        ("file://server/mail", MailTargetError::Folder),
        ("smtp://", MailTargetError::Host),
        ("smtp:///name", MailTargetError::Host),
        ("smtp://mail?tls=yes", MailTargetError::Encryption("yes".to_owned())),
        ("smtps://mail?tls=none", MailTargetError::Encryption("none".to_owned())),
        ("smtp://mail?ssl=1", MailTargetError::Parameter("ssl".to_owned())),
    ] {
        assert_eq!(text.parse::<MailTarget>(), Err(error), "{text}");
    }
    assert!(matches!("smtp://mail:port".parse::<MailTarget>(), Err(MailTargetError::Unreadable(_))));
    assert!(crate::mail::Transport::open(&read("smtp://ruth@mail.example.com")).is_err());
}
