"""The way of a Veilig Thuis dossier and what it holds; youth protection measures."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

# A dossier that was advice before there were states: whether the advice was given, nobody wrote down.
ADVICE_WAS_ASKED = """
UPDATE dossiers_vtrecord SET state = 'advice_asked' WHERE kind = 'advice';
UPDATE dossiers_historicalvtrecord SET state = 'advice_asked' WHERE kind = 'advice';
"""
STAY = """
CREATE TRIGGER vt_step_never_changes BEFORE UPDATE OR DELETE ON dossiers_vtstep
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER safety_assessment_never_changes BEFORE UPDATE OR DELETE ON dossiers_safetyassessment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vt_transfer_never_changes BEFORE UPDATE OR DELETE ON dossiers_vttransfer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
MAY_GO = """
DROP TRIGGER vt_step_never_changes ON dossiers_vtstep;
DROP TRIGGER safety_assessment_never_changes ON dossiers_safetyassessment;
DROP TRIGGER vt_transfer_never_changes ON dossiers_vttransfer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_norms"),
        ("accounts", "0003_access_log_is_append_only"),
        ("partners", "0003_minutes_to_accept"),
        ("routing", "0008_notes_and_consultations_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("who", models.CharField(max_length=200)),
                ("until", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "loopt"), ("met", "voldaan"), ("broken", "niet voldaan")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("status_note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["until", "id"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_on", models.DateField()),
                ("what", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "gepland"), ("held", "gehouden"), ("dropped", "vervallen")],
                        default="planned",
                        max_length=7,
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["planned_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCondition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("what", models.TextField()),
                ("who", models.CharField(max_length=200)),
                ("until", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "loopt"), ("met", "voldaan"), ("broken", "niet voldaan")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("status_note", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical condition",
                "verbose_name_plural": "historical conditions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFollowUp",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("planned_on", models.DateField()),
                ("what", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "gepland"), ("held", "gehouden"), ("dropped", "vervallen")],
                        default="planned",
                        max_length=7,
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical follow up",
                "verbose_name_plural": "historical follow ups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInvestigation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("spoken_with", models.TextField(blank=True)),
                ("findings", models.TextField(blank=True)),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "bevestigd"),
                            ("refuted", "weerlegd"),
                            ("not_established", "niet vastgesteld"),
                            ("left_to_board", "overgelaten aan de Raad"),
                        ],
                        max_length=15,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical investigation",
                "verbose_name_plural": "historical investigations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeasure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supervision_order", "ondertoezichtstelling (OTS)"),
                            ("guardianship", "voogdij"),
                            ("probation", "jeugdreclassering"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("djgb", "De Jeugd- & Gezinsbeschermers (DJGB)"),
                            ("wss", "William Schrikker Stichting (WSS)"),
                            ("ljr", "Leger des Heils Jeugdbescherming & Reclassering (LJ&R)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("noticed_on", models.DateField()),
                ("ruled_on", models.DateField(blank=True, null=True)),
                ("guardian", models.CharField(blank=True, max_length=200)),
                ("guardian_linked_on", models.DateField(blank=True, null=True)),
                ("plan_supported_on", models.DateField(blank=True, null=True)),
                ("help_started_on", models.DateField(blank=True, null=True)),
                ("start_team", models.CharField(blank=True, max_length=200)),
                ("start_team_on", models.DateField(blank=True, null=True)),
                ("permanent_guardian", models.CharField(blank=True, max_length=200)),
                (
                    "handed_over_on",
                    models.DateField(blank=True, help_text="warm handover to the permanent guardian", null=True),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="rises with each save; guards against overwriting"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical measure",
                "verbose_name_plural": "historical measures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNextStep",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("carrier_name", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_team", "lokaal team"),
                            ("own_network", "eigen netwerk"),
                            ("investigation", "onderzoek door Veilig Thuis"),
                            ("ggz", "GGZ"),
                            ("police_zsm", "politie of ZSM"),
                            ("board", "Raad voor de Kinderbescherming"),
                            ("mda", "MDA++"),
                            ("other", "anders"),
                        ],
                        max_length=13,
                    ),
                ),
                ("what", models.TextField(blank=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd"),
                            ("accepted", "aangenomen"),
                            ("done", "gedaan"),
                            ("dropped", "vervallen"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("status_note", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical next step",
                "verbose_name_plural": "historical next steps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Investigation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("spoken_with", models.TextField(blank=True)),
                ("findings", models.TextField(blank=True)),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "bevestigd"),
                            ("refuted", "weerlegd"),
                            ("not_established", "niet vastgesteld"),
                            ("left_to_board", "overgelaten aan de Raad"),
                        ],
                        max_length=15,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supervision_order", "ondertoezichtstelling (OTS)"),
                            ("guardianship", "voogdij"),
                            ("probation", "jeugdreclassering"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("djgb", "De Jeugd- & Gezinsbeschermers (DJGB)"),
                            ("wss", "William Schrikker Stichting (WSS)"),
                            ("ljr", "Leger des Heils Jeugdbescherming & Reclassering (LJ&R)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("noticed_on", models.DateField()),
                ("ruled_on", models.DateField(blank=True, null=True)),
                ("guardian", models.CharField(blank=True, max_length=200)),
                ("guardian_linked_on", models.DateField(blank=True, null=True)),
                ("plan_supported_on", models.DateField(blank=True, null=True)),
                ("help_started_on", models.DateField(blank=True, null=True)),
                ("start_team", models.CharField(blank=True, max_length=200)),
                ("start_team_on", models.DateField(blank=True, null=True)),
                ("permanent_guardian", models.CharField(blank=True, max_length=200)),
                (
                    "handed_over_on",
                    models.DateField(blank=True, help_text="warm handover to the permanent guardian", null=True),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="rises with each save; guards against overwriting"
                    ),
                ),
            ],
            options={
                "ordering": ["noticed_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="NextStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("carrier_name", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_team", "lokaal team"),
                            ("own_network", "eigen netwerk"),
                            ("investigation", "onderzoek door Veilig Thuis"),
                            ("ggz", "GGZ"),
                            ("police_zsm", "politie of ZSM"),
                            ("board", "Raad voor de Kinderbescherming"),
                            ("mda", "MDA++"),
                            ("other", "anders"),
                        ],
                        max_length=13,
                    ),
                ),
                ("what", models.TextField(blank=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd"),
                            ("accepted", "aangenomen"),
                            ("done", "gedaan"),
                            ("dropped", "vervallen"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("status_note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SafetyAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("acute", "acuut onveilig"), ("unsafe", "onveilig"), ("safe_enough", "veilig genoeg")],
                        max_length=11,
                    ),
                ),
                ("text", models.TextField()),
                ("children_seen", models.BooleanField()),
                ("done_at_once", models.TextField(blank=True, help_text="what was done at once, in acute danger")),
                ("assessed_on", models.DateField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="VtStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("advice_asked", "advies gevraagd"),
                            ("advice_given", "advies gegeven"),
                            ("advice_closed", "advies afgesloten"),
                            ("reported", "gemeld"),
                            ("safety_assessed", "veiligheid beoordeeld"),
                            ("triaged", "triage gedaan"),
                            ("under_investigation", "in onderzoek"),
                            ("investigation_decided", "over onderzoek besloten"),
                            ("conditions_and_follow_up", "voorwaarden en vervolg"),
                            ("transferred", "overgedragen"),
                            ("at_child_protection_board", "bij de Raad voor de Kinderbescherming"),
                            ("monitoring", "monitoring"),
                            ("closed", "afgesloten"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("advise", "Advies geven"),
                            ("becomes_report", "Er een melding van maken"),
                            ("is_advice", "Terug naar advies"),
                            ("assess", "Veiligheid beoordelen"),
                            ("triage", "Uitkomst van de triage vastleggen"),
                            ("add_next_step", "Vervolgstap toevoegen"),
                            ("settle_next_step", "Vervolgstap bijwerken"),
                            ("open_investigation", "Onderzoek beginnen"),
                            ("record_investigation", "Onderzoek bijwerken"),
                            ("decide_investigation", "Onderzoek besluiten"),
                            ("decide_without", "Besluiten dat Veilig Thuis niet onderzoekt"),
                            ("set_condition", "Voorwaarde stellen"),
                            ("judge_condition", "Voorwaarde beoordelen"),
                            ("plan_follow_up", "Vervolggesprek plannen"),
                            ("hold_follow_up", "Vervolggesprek vastleggen"),
                            ("transfer", "Overdragen"),
                            ("to_board", "Naar de Raad voor de Kinderbescherming"),
                            ("board_takes_over", "De Raad neemt het over"),
                            ("board_gives_back", "De Raad geeft terug"),
                            ("monitor", "Monitoring beginnen"),
                            ("close", "Dossier afsluiten"),
                            ("reopen", "Dossier heropenen"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("advice_asked", "advies gevraagd"),
                            ("advice_given", "advies gegeven"),
                            ("advice_closed", "advies afgesloten"),
                            ("reported", "gemeld"),
                            ("safety_assessed", "veiligheid beoordeeld"),
                            ("triaged", "triage gedaan"),
                            ("under_investigation", "in onderzoek"),
                            ("investigation_decided", "over onderzoek besloten"),
                            ("conditions_and_follow_up", "voorwaarden en vervolg"),
                            ("transferred", "overgedragen"),
                            ("at_child_protection_board", "bij de Raad voor de Kinderbescherming"),
                            ("monitoring", "monitoring"),
                            ("closed", "afgesloten"),
                        ],
                        max_length=30,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VtTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("carrier_name", models.CharField(blank=True, max_length=200)),
                ("agreed_with", models.CharField(max_length=200)),
                ("agreed_on", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="historicalvtrecord",
            name="state",
            field=models.CharField(
                choices=[
                    ("advice_asked", "advies gevraagd"),
                    ("advice_given", "advies gegeven"),
                    ("advice_closed", "advies afgesloten"),
                    ("reported", "gemeld"),
                    ("safety_assessed", "veiligheid beoordeeld"),
                    ("triaged", "triage gedaan"),
                    ("under_investigation", "in onderzoek"),
                    ("investigation_decided", "over onderzoek besloten"),
                    ("conditions_and_follow_up", "voorwaarden en vervolg"),
                    ("transferred", "overgedragen"),
                    ("at_child_protection_board", "bij de Raad voor de Kinderbescherming"),
                    ("monitoring", "monitoring"),
                    ("closed", "afgesloten"),
                ],
                default="reported",
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="vtrecord",
            name="state",
            field=models.CharField(
                choices=[
                    ("advice_asked", "advies gevraagd"),
                    ("advice_given", "advies gegeven"),
                    ("advice_closed", "advies afgesloten"),
                    ("reported", "gemeld"),
                    ("safety_assessed", "veiligheid beoordeeld"),
                    ("triaged", "triage gedaan"),
                    ("under_investigation", "in onderzoek"),
                    ("investigation_decided", "over onderzoek besloten"),
                    ("conditions_and_follow_up", "voorwaarden en vervolg"),
                    ("transferred", "overgedragen"),
                    ("at_child_protection_board", "bij de Raad voor de Kinderbescherming"),
                    ("monitoring", "monitoring"),
                    ("closed", "afgesloten"),
                ],
                default="reported",
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="historicalvtrecord",
            name="kind",
            field=models.CharField(
                choices=[("report", "melding"), ("advice", "advies")],
                default="report",
                help_text="follows from the state",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="vtrecord",
            name="kind",
            field=models.CharField(
                choices=[("report", "melding"), ("advice", "advies")],
                default="report",
                help_text="follows from the state",
                max_length=6,
            ),
        ),
        migrations.RunSQL(ADVICE_WAS_ASKED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="vtrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "advice"),
                        (
                            "state__in",
                            [
                                "advice_asked",
                                "advice_closed",
                                "advice_given",
                            ],
                        ),
                    ),
                    models.Q(
                        ("kind", "report"),
                        models.Q(
                            (
                                "state__in",
                                [
                                    "advice_asked",
                                    "advice_closed",
                                    "advice_given",
                                ],
                            ),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="kind_fits_the_state",
            ),
        ),
        migrations.AddField(
            model_name="condition",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="held_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="historicalcondition",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalcondition",
            name="record",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.vtrecord",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="held_by",
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
            model_name="historicalfollowup",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="record",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.vtrecord",
            ),
        ),
        migrations.AddField(
            model_name="historicalinvestigation",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalinvestigation",
            name="record",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.vtrecord",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="routing.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="changed_by",
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
            model_name="historicalmeasure",
            name="child",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.person",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalmeasure",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="keeps the account",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partners.municipality",
            ),
        ),
        migrations.AddField(
            model_name="historicalnextstep",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalnextstep",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="historicalnextstep",
            name="record",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.vtrecord",
            ),
        ),
        migrations.AddField(
            model_name="investigation",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="investigations", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="routing.case"
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="changed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="child",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="dossiers.person",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                help_text="keeps the account",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.municipality",
            ),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="next_steps", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="safetyassessment",
            name="assessed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="safetyassessment",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="vtstep",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
            ),
        ),
        migrations.AddField(
            model_name="vtstep",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="vtstep",
            name="taken_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="vttransfer",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddField(
            model_name="vttransfer",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="dossiers.vtrecord"
            ),
        ),
        migrations.AddField(
            model_name="vttransfer",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "open"), models.Q(("status_note", ""), _negated=True), _connector="OR"),
                name="judged_with_a_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_by__isnull", False), ("held_on__isnull", False), ("status", "held")),
                    models.Q(
                        models.Q(("status", "held"), _negated=True),
                        ("held_by__isnull", True),
                        ("held_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="held_says_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "planned"), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="followed_up_with_a_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)), fields=("record",), name="one_investigation_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="investigation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conclusion", ""), ("decided_at__isnull", True)),
                    models.Q(
                        ("decided_at__gte", models.F("opened_at")),
                        ("decided_at__isnull", False),
                        models.Q(("conclusion", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decided_with_a_conclusion",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("guardian_linked_on__isnull", True),
                    models.Q(("guardian_linked_on__gte", models.F("noticed_on")), ("noticed_on__isnull", False)),
                    _connector="OR",
                ),
                name="guardian_linked_on_not_before_noticed_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plan_supported_on__isnull", True),
                    models.Q(("plan_supported_on__gte", models.F("ruled_on")), ("ruled_on__isnull", False)),
                    _connector="OR",
                ),
                name="plan_supported_on_not_before_ruled_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("help_started_on__isnull", True),
                    models.Q(("help_started_on__gte", models.F("ruled_on")), ("ruled_on__isnull", False)),
                    _connector="OR",
                ),
                name="help_started_on_not_before_ruled_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_team_on__isnull", True),
                    models.Q(("noticed_on__isnull", False), ("start_team_on__gte", models.F("noticed_on"))),
                    _connector="OR",
                ),
                name="start_team_on_not_before_noticed_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_over_on__isnull", True),
                    models.Q(("handed_over_on__gte", models.F("start_team_on")), ("start_team_on__isnull", False)),
                    _connector="OR",
                ),
                name="handed_over_on_not_before_start_team_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    models.Q(("ended_on__gte", models.F("noticed_on")), ("noticed_on__isnull", False)),
                    _connector="OR",
                ),
                name="ended_on_not_before_noticed_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("guardian_linked_on__isnull", True), models.Q(("guardian", ""), _negated=True), _connector="OR"
                ),
                name="guardian_linked_on_with_guardian",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_team_on__isnull", True), models.Q(("start_team", ""), _negated=True), _connector="OR"
                ),
                name="start_team_on_with_start_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_over_on__isnull", True),
                    models.Q(("permanent_guardian", ""), _negated=True),
                    _connector="OR",
                ),
                name="handed_over_on_with_permanent_guardian",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                ),
                name="ended_on_with_end_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="nextstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("carrier_name", ""), ("organisation__isnull", False)),
                    models.Q(("organisation__isnull", True), models.Q(("carrier_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="one_carrier_per_next_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "acute"), _negated=True),
                    models.Q(("done_at_once", ""), _negated=True),
                    _connector="OR",
                ),
                name="acute_danger_says_what_was_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="vttransfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("carrier_name", ""), ("organisation__isnull", False)),
                    models.Q(("organisation__isnull", True), models.Q(("carrier_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="one_receiver_per_transfer",
            ),
        ),
        migrations.RunSQL(STAY, MAY_GO),
    ]
