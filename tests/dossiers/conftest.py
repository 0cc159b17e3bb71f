from tests.routing.conftest import ingrid, karin, routed, tuesday_morning, vincent, wilma

__all__ = ["ingrid", "karin", "routed", "tuesday_morning", "vincent", "wilma"]
