//! A page that shall have the chat, looked at from outside: whether it loads it, lets itself load it, and is one of the snippet's sites.

use crate::call::{Call, Origin, Trust};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Request, header};
use std::fmt;
use std::time::Duration;

const WITHIN: Duration = Duration::from_secs(15);
/// Of a page so much is read, in bytes.
const READ_MAX: usize = 4 * 1024 * 1024;

/// What of a policy keeps the chat from a page (CSP 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Directive {
    Script,
    Frame,
}

impl fmt::Display for Directive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Script => "script-src",
            Self::Frame => "frame-src",
        })
    }
}

/// What a page was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Embedding {
    /// It loads the chat by this snippet, unless its own policy forbids that in this directive.
    Loads {
        snippet: String,
        forbidden_by: Option<Directive>,
    },
    NoAddress,
    /// Why, as a part of a sentence.
    Unreachable(String),
    Answered(u16),
    NoScript,
}

struct Page {
    status: u16,
    /// Each `Content-Security-Policy`; all of them count.
    policies: Vec<String>,
    text: String,
}

/// The site that a page belongs to, as snippets name it.
pub fn site(url: &str) -> Option<String> {
    let origin = Origin::of(url)?;
    let scheme = if origin.https { "https" } else { "http" };
    Some(format!("{scheme}://{}", origin.authority()))
}

/// Looks at the page; `public` is the address of this service.
pub async fn look(url: &str, public: &str, trust: &Trust) -> Embedding {
    let Some(origin) = Origin::of(url) else {
        return Embedding::NoAddress;
    };
    let page = match tokio::time::timeout(WITHIN, fetch(&origin, url, trust)).await {
        Ok(Ok(page)) => page,
        Ok(Err(why)) => return Embedding::Unreachable(why),
        Err(_) => return Embedding::Unreachable("no answer comes".into()),
    };
    if page.status != 200 {
        return Embedding::Answered(page.status);
    }
    let Some(snippet) = snippet(&page.text, public) else {
        return Embedding::NoScript;
    };
    let forbids = |directives: [&str; 3]| !page.policies.iter().all(|policy| allows(policy, &directives, public));
    let forbidden_by = if forbids(["script-src-elem", "script-src", "default-src"]) {
        Some(Directive::Script)
    } else if forbids(["frame-src", "child-src", "default-src"]) {
        Some(Directive::Frame)
    } else {
        None
    };
    Embedding::Loads { snippet, forbidden_by }
}

async fn fetch(origin: &Origin, url: &str, trust: &Trust) -> Result<Page, String> {
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    let path = path.split('#').next().unwrap_or_default();
    let at = origin.away().await?;
    let mut call = Call::at(&at[..], origin, trust).await?;
    let request = Request::get(format!("/{path}")).header(header::HOST, origin.authority());
    let request = request.body(Empty::<Bytes>::new().boxed()).map_err(|e| e.to_string())?;
    let answer = call.ask(request).await.map_err(|e| e.to_string())?;
    let policies = answer.headers().get_all(header::CONTENT_SECURITY_POLICY).iter();
    let policies = policies.map(|policy| String::from_utf8_lossy(policy.as_bytes()).into_owned());
    let (status, policies) = (answer.status().as_u16(), policies.collect());
    let body = Limited::new(answer.into_body(), READ_MAX).collect().await;
    let body = body.map_err(|e| format!("it cannot be read: {e}"))?.to_bytes();
    Ok(Page {
        status,
        policies,
        text: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// The snippet whose script the page loads, or that it names beside the loader itself.
fn snippet(text: &str, public: &str) -> Option<String> {
    let (script, loader) = (format!("{public}/snippet/"), format!("{public}/loader.js"));
    let mut tags = text.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
    let value = tags.find_map(|tag| match tag.split_once(&script) {
        Some((_, id)) => Some(id),
        None => tag.contains(&loader).then_some(tag)?.split("data-snippet=").nth(1),
    })?;
    let quoted = value.trim_start_matches(['"', '\'']);
    let id: String = quoted
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    (!id.is_empty()).then_some(id)
}

/// Whether a policy lets a page load from there, by the first of the directives that it has (CSP 3, 6.7.2). What a nonce or a hash lets in
/// cannot be told from outside, and counts as allowed.
fn allows(policy: &str, directives: &[&str], public: &str) -> bool {
    let parts = policy.split(';');
    let all: Vec<Vec<&str>> = parts.map(|part| part.split_ascii_whitespace().collect()).collect();
    let found = directives.iter().find_map(|directive| {
        all.iter()
            .find(|part| part.first().is_some_and(|name| name.eq_ignore_ascii_case(directive)))
    });
    let Some(sources) = found.map(|part| &part[1..]) else {
        return true;
    };
    let (scheme, host) = public.split_once("://").unwrap_or_default();
    sources.iter().any(|source| {
        let source = source.trim_end_matches('/');
        let below = source.split("://").last().and_then(|name| name.strip_prefix("*."));
        source == "*"
            || source == public
            || source == host
            || source == format!("{scheme}:")
            || source.starts_with("'nonce-")
            || source.starts_with("'sha")
            || below.is_some_and(|name| host.ends_with(&format!(".{name}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_lets_it_in_or_not() {
        let scripts = ["script-src-elem", "script-src", "default-src"];
        let allows = |policy| allows(policy, &scripts, "https://chat.example.org");
        for policy in [
            "",
            "img-src 'self'",
            "default-src 'none'; script-src https://chat.example.org",
            "script-src chat.example.org/",
            "script-src *.example.org",
            "script-src https:",
            "script-src 'nonce-abc'",
            "script-src *",
        ] {
            assert!(allows(policy), "{policy}");
        }
        for policy in [
            "default-src 'self'",
            "script-src 'none'",
            "script-src http://chat.example.org",
            "script-src *.ample.org",
            "default-src *; script-src 'self'",
            "script-src *; script-src-elem 'self'",
        ] {
            assert!(!allows(policy), "{policy}");
        }
    }

    #[test]
    fn the_snippet_is_that_of_the_script() {
        let public = "https://chat.example.org";
        let loader = "https://chat.example.org/loader.js";
        let page = |tag: &str| format!("<script src='/own.js'></script><p>{tag}");
        let tag = format!("<script async src=\"{public}/snippet/travel.js\"></script>");
        assert_eq!(snippet(&page(&tag), public).as_deref(), Some("travel"));
        let tag = format!("<script async src=\"{loader}\" data-snippet=\"travel\"></script>");
        assert_eq!(snippet(&page(&tag), public).as_deref(), Some("travel"));
        let tag = format!("<script data-snippet=travel\n src='{loader}'></script>");
        assert_eq!(snippet(&page(&tag), public).as_deref(), Some("travel"));
        for tag in [
            "",
            "<script data-snippet=\"travel\"></script>",
            &format!("<script src=\"{loader}\"></script>"),
            &format!("<script src=\"{public}/snippet/\"></script>"),
            "<script src=\"https://other.example/snippet/travel.js\"></script>",
        ] {
            assert_eq!(snippet(&page(tag), public), None, "{tag}");
        }
    }
}
