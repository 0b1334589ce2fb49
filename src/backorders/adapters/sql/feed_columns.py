"""The columns of the tables by which subscribers are told of events."""

from sqlalchemy import BigInteger, Column, Integer, Named, TypedColumns

from backorders.adapters.sql.columns import ID, LONG, NAME, WORD


class FeedColumns(TypedColumns):
    """How many events of a seller have positions: whoever gives them more writes it."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    numbered: Named[int] = Column(BigInteger, nullable=False)


class SubscriberColumns(TypedColumns):
    """How far a subscriber has come with the events of a seller."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    name: Named[str] = Column(NAME, primary_key=True)
    position: Named[int] = Column(BigInteger, nullable=False)
    due_at: Named[int | None] = Column(BigInteger)
    failures: Named[int] = Column(Integer, nullable=False)
    unsaid: Named[int] = Column(Integer, nullable=False)
    problem: Named[str] = Column(LONG, nullable=False)
    version: Named[int] = Column(BigInteger, nullable=False)


class StuckColumns(TypedColumns):
    """A subject of which a subscriber could not be told."""

    seller_no: Named[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    name: Named[str] = Column(NAME, primary_key=True)
    kind: Named[str] = Column(WORD, primary_key=True)
    subject: Named[str] = Column(ID, primary_key=True)
    position: Named[int] = Column(BigInteger, nullable=False)
    attempts: Named[int] = Column(Integer, nullable=False)
    due_at: Named[int | None] = Column(BigInteger)
    failed_at: Named[int | None] = Column(BigInteger)
    problem: Named[str] = Column(LONG, nullable=False)
