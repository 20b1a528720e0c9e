"""Sentences that several papers share: reasons, duties, rule packs, remarks."""
