"""The audit entries and the heads of their chains.

No foreign keys: the log never holds up the live data, and an entry outlives what it speaks about.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..base import sql


class AuditChain(models.Model):
    """The head of one chain. There is one chain for each unit people act for, so units never wait for each other."""

    unit_id = models.BigIntegerField(primary_key=True)  # 0 is the platform itself
    length = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("chuỗi nhật ký")


class AuditEntry(models.Model):
    """One thing that happened. `place`, `previous` and `digest` are written by the database, never by us."""

    unit_id = models.BigIntegerField()
    place = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    post = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, default="")
    digest = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("mục nhật ký")
        constraints = [models.UniqueConstraint(name="audit_entry_has_one_place_in_its_chain", fields=["unit_id", "place"])]
        indexes = [
            models.Index(name="audit_about_subject", fields=["subject_kind", "subject_id", "id"]),
            models.Index(name="audit_of_account", fields=["account_id", "-id"]),
            models.Index(name="audit_of_unit", fields=["unit_id", "-id"]),
        ]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor}: {self.action} {self.subject_kind}:{self.subject_id}"


# The end of a chain is locked once in a transaction and then carried in a setting that lives as long as it (a savepoint
# that is rolled back takes it back too); the chain's row is written once a statement, so that a long transaction does not
# leave a version of it for every entry. The digest covers everything an entry says and the digest before it. The same text is built in chain.py.
CHAIN = """
CREATE OR REPLACE FUNCTION audit_digest(e kernel_auditentry) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\\x1f', e.previous, e.unit_id, e.place,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(e.account_id::text, ''), e.actor, e.post,
    e.action, e.subject_kind, e.subject_id, e.reason, e.data::text), 'UTF8')), 'hex')
$$;
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known text := coalesce(current_setting('hoidong_audit.u' || NEW.unit_id, true), '');
BEGIN
  IF known = '' THEN
    INSERT INTO kernel_auditchain (unit_id, length, head) VALUES (NEW.unit_id, 0, '') ON CONFLICT (unit_id) DO NOTHING;
    SELECT length || ':' || head INTO known FROM kernel_auditchain WHERE unit_id = NEW.unit_id FOR UPDATE;
  END IF;
  NEW.place := split_part(known, ':', 1)::bigint + 1;
  NEW.previous := split_part(known, ':', 2);
  NEW.digest := audit_digest(NEW);
  PERFORM set_config('hoidong_audit.u' || NEW.unit_id, NEW.place || ':' || NEW.digest, true);
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION audit_chain_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE kernel_auditchain AS chain
  SET length = split_part(current_setting('hoidong_audit.u' || chain.unit_id), ':', 1)::bigint,
      head = split_part(current_setting('hoidong_audit.u' || chain.unit_id), ':', 2)
  WHERE chain.unit_id IN (SELECT DISTINCT unit_id FROM fresh);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON kernel_auditentry FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_chain_keep AFTER INSERT ON kernel_auditentry REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_keep();
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON kernel_auditentry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON kernel_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
UNCHAIN = """
DROP TRIGGER IF EXISTS audit_no_truncate ON kernel_auditentry;
DROP TRIGGER IF EXISTS audit_no_change ON kernel_auditentry;
DROP TRIGGER IF EXISTS audit_chain_keep ON kernel_auditentry;
DROP TRIGGER IF EXISTS audit_chain ON kernel_auditentry;
DROP FUNCTION IF EXISTS audit_refuse();
DROP FUNCTION IF EXISTS audit_chain_keep();
DROP FUNCTION IF EXISTS audit_chain();
DROP FUNCTION IF EXISTS audit_digest(kernel_auditentry);
"""
sql.register("audit_chain", CHAIN, UNCHAIN)
