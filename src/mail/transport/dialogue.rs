//! What is said to a mail server word by word. The library's own ways to do so ask a server that refuses something for a
//! farewell before they tell of the refusal, and wait without end where there is none.

use lettre::address::{Address, Envelope};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Auth, Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

/// The code of an answer that asks for the user or the password.
const ASKS_ON: u16 = 334;

/// Gives user and password.
pub(super) async fn authenticate(
    connection: &mut AsyncSmtpConnection,
    mechanism: Mechanism,
    credentials: &Credentials,
) -> Result<(), Error> {
    let mut answer = connection.command(Auth::new(mechanism, credentials.clone(), None)?).await?;
    while answer.has_code(ASKS_ON) {
        answer = connection.command(Auth::new_from_response(mechanism, credentials.clone(), &answer)?).await?;
    }
    Ok(())
}

/// Hands a letter over.
pub(super) async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    parameters: Vec<MailParameter>,
    content: &[u8],
) -> Result<(), Error> {
    connection.command(Mail::new(envelope.from().cloned(), parameters)).await?;
    for address in envelope.to() {
        connection.command(Rcpt::new(address.clone(), Vec::new())).await?;
    }
    connection.command(Data).await?;
    connection.message(content).await?;
    Ok(())
}

/// What a server must be told beforehand of a letter that is not all ASCII; an error says what it cannot take.
pub(super) fn parameters(
    connection: &AsyncSmtpConnection,
    envelope: &Envelope,
    content: &[u8],
) -> Result<Vec<MailParameter>, &'static str> {
    let takes = |feature| connection.server_info().supports_feature(feature);
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let mut parameters = Vec::new();
    if !envelope.from().into_iter().chain(envelope.to()).all(is_ascii) {
        if !takes(Extension::SmtpUtfEight) {
            return Err("it takes no addresses with letters other than A to Z");
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !content.is_ascii() {
        if !takes(Extension::EightBitMime) {
            return Err("it takes no letters with bytes above 127");
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}
