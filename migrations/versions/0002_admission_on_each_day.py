"""On each day of an event everybody is admitted anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD = "uq_admission_registration_id"
NEW = "uq_admission_registration_id_day"


def upgrade() -> None:
    with op.batch_alter_table("admission") as table:
        table.add_column(sa.Column("day", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint(OLD, type_="unique")
        table.create_unique_constraint(NEW, ["registration_id", "day"])
    with op.batch_alter_table("admission") as table:
        table.alter_column("day", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM admission WHERE day > 1")  # one row a person is all that fits again
    with op.batch_alter_table("admission") as table:
        table.drop_constraint(NEW, type_="unique")
        table.create_unique_constraint(OLD, ["registration_id"])
        table.drop_column("day")
