"""The audit log: every write to what people keep, who made it, before and after.

Written by triggers of the database, so that raw SQL, bulk writes and COPY are in it as
well; append-only, by a trigger too. To have a table in it, add one line to
`recruit.audit.tables.AUDITED`; one that stays out says why in `LEFT_OUT` beside it. The
triggers are made anew after each migration.
"""
