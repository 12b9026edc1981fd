"""The demo company: a believable wholesaler, and the same house at any size for measuring."""

from loyaldesk.operations.demo.create import DemoCounts, create_demo
from loyaldesk.operations.demo.papers import DemoDocument, demo_documents
from loyaldesk.operations.demo.sized import Paper, create_sized

__all__ = ["DemoCounts", "DemoDocument", "Paper", "create_demo", "create_sized", "demo_documents"]
