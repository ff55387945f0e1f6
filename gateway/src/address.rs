//! From where a request comes: an address, never kept whole.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::config::Config;

/// The caller's address cut to /24 or /48. Behind a proxy on this machine, the last address
/// that the proxy added.
pub fn cut(peer: Option<IpAddr>, headers: &HeaderMap, config: &Config) -> Option<String> {
    let peer = peer?;
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let forwarded = forwarded.and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    let address =
        if config.trust_proxy && peer.is_loopback() { forwarded.unwrap_or(peer) } else { peer };
    Some(match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_never_kept_whole() {
        let config = Config::default();
        let cut = |text: &str| cut(text.parse().ok(), &HeaderMap::new(), &config).unwrap();

        assert_eq!(cut("192.0.2.77"), "192.0.2.0/24");
        assert_eq!(cut("::ffff:192.0.2.77"), "192.0.2.0/24");
        assert_eq!(cut("2001:db8:1:2::3"), "2001:db8:1::/48");
    }

    #[test]
    fn only_a_proxy_that_is_trusted_tells_the_address() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.1, 203.0.113.9".parse().unwrap());
        let peer = "127.0.0.1".parse().ok();

        let plain = cut(peer, &headers, &Config::default());
        let proxied = cut(peer, &headers, &Config { trust_proxy: true, ..Config::default() });

        assert_eq!(plain.unwrap(), "127.0.0.0/24");
        assert_eq!(proxied.unwrap(), "203.0.113.0/24");
    }
}
