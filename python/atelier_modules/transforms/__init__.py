"""Fitted changes of tables that modules save. They live here so that a pickle of one opens anywhere."""
