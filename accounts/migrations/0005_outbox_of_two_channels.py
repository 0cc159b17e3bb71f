"""The outbox over two channels: webhooks beside e-mail, and every try to deliver a message."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

# On the way back only: the version before this one knows no webhooks and would send mail to their hosts.
FORGET_WEBHOOKS = """
SET CONSTRAINTS ALL IMMEDIATE;
DELETE FROM accounts_deliveryattempt;
DELETE FROM accounts_outboxmessage WHERE channel = 'webhook';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_application_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "geen uitkomst"), ("delivered", "bezorgd"), ("failed", "mislukt")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("status_code", models.PositiveSmallIntegerField(help_text="of HTTP or SMTP", null=True)),
                ("error", models.TextField(blank=True, help_text="in our own words: an answer may hold anything")),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalWebhookEndpoint",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("owner", models.SlugField(help_text="slug of the organisation")),
                ("url", models.CharField(max_length=500)),
                ("active", models.BooleanField(default=True)),
                (
                    "salt",
                    models.CharField(
                        help_text="another salt, another secret: renewing ends the old one", max_length=32
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical webhook endpoint",
                "verbose_name_plural": "historical webhook endpoints",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("owner", models.SlugField(help_text="slug of the organisation")),
                ("url", models.CharField(max_length=500)),
                ("active", models.BooleanField(default=True)),
                (
                    "salt",
                    models.CharField(
                        help_text="another salt, another secret: renewing ends the old one", max_length=32
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["owner", "created_at"],
            },
        ),
        migrations.RemoveIndex(
            model_name="outboxmessage",
            name="outbox_undelivered",
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="case",
            field=models.PositiveIntegerField(help_text="case number", null=True),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="failed_at",
            field=models.DateTimeField(help_text="given up; somebody can have it sent again", null=True),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="key",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="organisation",
            field=models.SlugField(blank=True, db_index=False, help_text="slug of the organisation that is told"),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="path",
            field=models.CharField(blank=True, help_text="the page that it is about, within this site", max_length=200),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="region",
            field=models.SlugField(blank=True, db_index=False, help_text="slug of the region whose managers see it"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, help_text="since it was made, or sent again by somebody"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="body",
            field=models.TextField(blank=True, help_text="of an e-mail; what a webhook gets is made when it is sent"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="channel",
            field=models.CharField(
                choices=[("email", "e-mail"), ("webhook", "webhook")], default="email", max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="recipient",
            field=models.CharField(help_text="an address, or the host of the webhook", max_length=254),
        ),
        migrations.AddField(
            model_name="deliveryattempt",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tries", to="accounts.outboxmessage"
            ),
        ),
        migrations.AddField(
            model_name="historicalwebhookendpoint",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalwebhookendpoint",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="webhookendpoint",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="endpoint",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="accounts.webhookendpoint",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("delivered_at__isnull", True), ("failed_at__isnull", True)),
                fields=["channel", "due_at", "id"],
                name="outbox_due",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(condition=models.Q(("failed_at__isnull", False)), fields=["id"], name="outbox_given_up"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["region", "id"], name="outbox_of_region"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["organisation", "id"], name="outbox_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["kind", "id"], name="outbox_of_kind"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(condition=models.Q(("case__isnull", False)), fields=["case"], name="outbox_of_case"),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("delivered_at__isnull", True), ("failed_at__isnull", True), _connector="OR"),
                name="delivered_or_given_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "webhook"), ("endpoint__isnull", False)),
                    models.Q(("channel", "email"), ("endpoint__isnull", True)),
                    _connector="OR",
                ),
                name="only_a_webhook_has_an_endpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.UniqueConstraint(fields=("owner", "url"), name="one_endpoint_per_address"),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET_WEBHOOKS),
    ]
