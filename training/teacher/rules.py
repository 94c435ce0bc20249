"""The teacher's thresholds, tuned on held-out papers."""

from dataclasses import dataclass

from training.teacher.labels import TYPES

__all__ = ["Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is added to logits before anything is chosen, and the least probability of an entity.

    `outside`, `resource`, `task` and `metric` shift the tags of no mention and of the classes, Method being the fixed
    one; `benchmark` shifts Benchmark against Dataset; `no_role` shifts the role none.
    """

    outside: float = 0.0
    resource: float = 0.0
    task: float = 0.0
    metric: float = 0.0
    benchmark: float = 0.0
    no_role: float = 0.0
    least: float = 0.0

    def type_shifts(self) -> tuple[float, ...]:
        """Return what is added to the logit of each of `TYPES`, Dataset and Benchmark alike.

        >>> Rules(resource=0.5, metric=1.0).type_shifts()
        (0.5, 0.5, 0.0, 0.0, 1.0)
        """
        shifts = {"Dataset": self.resource, "Benchmark": self.resource, "Task": self.task, "Metric": self.metric}
        return tuple(shifts.get(name, 0.0) for name in TYPES)

    def tag_shifts(self) -> tuple[float, ...]:
        """Return what is added to the logit of each tag.

        >>> Rules(outside=1.0, task=0.5).tag_shifts()
        (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0)
        """
        return (self.outside, *(shift for shift in self.type_shifts() for _ in "BI"))
