from tests.routing.conftest import ingrid, karin, mirjam, routed, tuesday_morning, vincent, wilma

__all__ = ["ingrid", "karin", "mirjam", "routed", "tuesday_morning", "vincent", "wilma"]
