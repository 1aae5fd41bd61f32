//! Looking from a machine, and knowing who answers.

use marslab_model::host::Account;
use marslab_wire::http::{Request, Url};

use crate::Live;

impl Live {
    /// The status that the host of a URL answers to a program of an account, by the way that the account's settings lead.
    /// `token` is sent as a bearer's. Nothing where no answer comes, or where it comes from another than the host: a proxy,
    /// or a portal in its place.
    pub async fn ask_host(&self, who: &Account, url: &Url, token: Option<&str>) -> Option<u16> {
        let request = Request::get(url.clone());
        let request = match token {
            Some(token) => request.with_header("Authorization", &format!("Bearer {token}")),
            None => request,
        };
        let (seen, _) = self.journal().after(u64::MAX, 0);
        let status = marslab_agent::ask(self.host(), who, &request).await?.status;
        let (_, entries) = self.journal().after(seen, usize::MAX);
        let (host, status_text) = (url.host.to_string(), status.to_string());
        let is_its_own = entries
            .iter()
            .any(|it| it.to == host && it.what.starts_with("GET ") && it.answer == status_text);
        is_its_own.then_some(status)
    }
}
