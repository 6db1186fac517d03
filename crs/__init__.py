"""The rendezvous server: registrar, proxy, media relay. It sees no voice and no key."""
