"""The demo company: a believable wholesaler, and the same house at any size for measuring."""

from loyaldesk.operations.demo.create import DemoCounts, create_demo
from loyaldesk.operations.demo.papers import DemoDocument, demo_documents

__all__ = ["DemoCounts", "DemoDocument", "create_demo", "demo_documents"]
