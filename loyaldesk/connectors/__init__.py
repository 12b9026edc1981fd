"""Records come in here: files and databases, read through a map."""

from loyaldesk.connectors.import_map import ImportMap
from loyaldesk.connectors.limits import Limits
from loyaldesk.connectors.maps import guess_map, load_map, shipped_maps
from loyaldesk.connectors.results import Counts, Difference, ImportPlan, ImportResult, Refusal
from loyaldesk.connectors.run import plan_import, run_import
from loyaldesk.connectors.source import ImportSource

__all__ = [
    "Counts",
    "Difference",
    "ImportMap",
    "ImportPlan",
    "ImportResult",
    "ImportSource",
    "Limits",
    "Refusal",
    "guess_map",
    "load_map",
    "plan_import",
    "run_import",
    "shipped_maps",
]
