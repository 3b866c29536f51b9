//! A page that shall have the chat, as [`embedding`] finds it.

use super::Findings;
use crate::app::App;
use crate::call::Trust;
use crate::config::Config;
use crate::embedding::{self, Embedding};

pub async fn look(config: &Config, url: &str, trust: &Trust, found: &mut Findings) {
    let public = &config.server.public_url;
    let site = embedding::site(url).unwrap_or_default();
    let said = match embedding::look(url, public, trust).await {
        Embedding::NoAddress => format!("{url} is no address"),
        Embedding::Unreachable(why) => format!("{url}: {why}"),
        Embedding::Answered(status) => format!("{url} is answered with {status}; name the page itself"),
        Embedding::NoScript => {
            let line = format!("<script async src=\"{public}/snippet/….js\"></script>");
            format!("{url} does not load the chat; put this into it: {line}")
        }
        Embedding::Loads { snippet, forbidden_by } => match (sites(config, &snippet).await, forbidden_by) {
            (Err(why), _) => why,
            (Ok(None), _) => format!("{url} names the snippet {snippet}, which there is not"),
            (Ok(Some(sites)), _) if !sites.contains(&site) => {
                let mend = format!("deskbell snippet sites {snippet} {} {site}", sites.join(" "));
                format!("{site} is not one of the sites of {snippet}: {mend}")
            }
            (_, Some(directive)) => {
                format!("the Content-Security-Policy of {url} forbids it: add {public} to its {directive}")
            }
            (_, None) => return found.ok("page", format!("{url} may load the chat by the snippet {snippet}")),
        },
    };
    found.fail("page", said);
}

async fn sites(config: &Config, snippet: &str) -> Result<Option<Vec<String>>, String> {
    let opened = App::open(&config.database()).await;
    let app = opened.map_err(|error| format!("the database cannot be opened: {error}"))?;
    let sites = app.snippet_sites(snippet).await.map_err(|error| error.to_string());
    app.close().await;
    sites
}
