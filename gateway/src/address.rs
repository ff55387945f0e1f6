//! From where a request comes: an address, never kept whole.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::config::Config;

/// The caller's address cut to /24 or /48. Behind a proxy that is trusted, the last address that it
/// added.
pub fn cut(peer: Option<IpAddr>, headers: &HeaderMap, config: &Config) -> Option<String> {
    let peer = peer?;
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let forwarded = forwarded.and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    let address = if is_trusted(peer, config) { forwarded.unwrap_or(peer) } else { peer };
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

/// Whether what `peer` says of others is believed.
fn is_trusted(peer: IpAddr, config: &Config) -> bool {
    let peer = peer.to_canonical();
    let is_here = config.trust_proxy && peer.is_loopback();
    is_here || config.trusted_proxies.iter().any(|network| network.contains(&peer))
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
    #[test]
    fn a_proxy_on_another_machine_is_trusted_by_its_network() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9".parse().unwrap());
        let config =
            Config { trusted_proxies: vec!["10.1.0.0/16".parse().unwrap()], ..Config::default() };
        let cut = |peer: &str| cut(peer.parse().ok(), &headers, &config).unwrap();

        assert_eq!(cut("10.1.2.3"), "203.0.113.0/24");
        assert_eq!(cut("::ffff:10.1.2.3"), "203.0.113.0/24");
        assert_eq!(cut("10.2.2.3"), "10.2.2.0/24");
        assert_eq!(cut("127.0.0.1"), "127.0.0.0/24");
    }
}
