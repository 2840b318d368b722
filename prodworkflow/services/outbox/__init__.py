"""The outbox: what receivers are told, written and delivered."""
