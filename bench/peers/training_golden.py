"""Golden numbers of losses, optimizers and schedules from PyTorch: `python training_golden.py > test/golden/train/expected.json`.

pip install torch

Everything is float64. The problem of the optimizers is the quadratic of `curvature` and `minimum` below.
"""

import json

import torch
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)

START = [1.3, -0.7, 0.4, 2.1, -1.9, 0.9]
CURVATURE = [0.5, 2.0, 1.0, 0.1, 3.0, 0.7]
MINIMUM = [-0.4, 0.8, -1.1, 0.3, 0.6, -2.0]
STEPS = 20

OPTIMIZERS = {
    "sgd": (torch.optim.SGD, dict(lr=0.05), dict(kind="sgd", momentum=0, nesterov=False)),
    "sgd momentum": (torch.optim.SGD, dict(lr=0.05, momentum=0.9), dict(kind="sgd", momentum=0.9, nesterov=False)),
    "sgd nesterov decay": (torch.optim.SGD, dict(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.1), dict(kind="sgd", momentum=0.9, weightDecay=0.1)),
    "adam decay": (torch.optim.Adam, dict(lr=0.05, weight_decay=0.1), dict(kind="adam", weightDecay=0.1)),
    "adamw": (torch.optim.AdamW, dict(lr=0.05, weight_decay=0.1), dict(weightDecay=0.1)),
    "rmsprop": (torch.optim.RMSprop, dict(lr=0.01), dict(kind="rmsprop")),
    "rmsprop momentum decay": (torch.optim.RMSprop, dict(lr=0.01, momentum=0.5, weight_decay=0.1), dict(kind="rmsprop", momentum=0.5, weightDecay=0.1)),
}


def trajectory(kind, settings, clip):
    parameters = torch.nn.Parameter(torch.tensor(START))
    optimizer = kind([parameters], **settings)
    result = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        (torch.tensor(CURVATURE) * (parameters - torch.tensor(MINIMUM)) ** 2 / 2).sum().backward()
        torch.nn.utils.clip_grad_norm_([parameters], clip)
        optimizer.step()
        result.append(parameters.tolist())
    return result


def rates(make, steps, scores=None):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make(optimizer)
    result = []
    for step in range(steps):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([] if scores is None else [scores[step]]))
    return result


SCORES = [0.1, 0.3, 0.3005, 0.29, 0.3, 0.5, 0.5, 0.4, 0.45, 0.5, 0.5, 0.2, 0.6, 0.6, 0.6, 0.6]
SCHEDULES = {
    "constant with warm-up": (dict(decay="constant", warmUp=4), lambda o: lr_scheduler.LinearLR(o, start_factor=1 / 4, total_iters=3)),
    "step": (dict(decay="step", warmUp=0, every=7, factor=0.3), lambda o: lr_scheduler.StepLR(o, 7, 0.3)),
    "polynomial": (dict(decay="polynomial", warmUp=0, power=0.9, final=0), lambda o: lr_scheduler.PolynomialLR(o, 29, 0.9)),
    "cosine": (dict(decay="cosine", warmUp=0, final=0.1), lambda o: lr_scheduler.CosineAnnealingLR(o, 29, 0.1)),
    "one cycle": (dict(decay="one_cycle"), lambda o: lr_scheduler.OneCycleLR(o, 1.0, total_steps=30)),
}
PLATEAU = dict(factor=0.5, patience=2, threshold=1e-3)

expected = dict(
    torch=torch.__version__.split("+")[0],
    problem=dict(start=START, curvature=CURVATURE, minimum=MINIMUM, clip=4.0),
    optimizers=[
        dict(name=name, learningRate=settings["lr"], configuration=ours, trajectory=trajectory(kind, settings, 4.0))
        for name, (kind, settings, ours) in OPTIMIZERS.items()
    ],
    schedules=[dict(name=name, schedule=ours, rates=rates(make, 30)) for name, (ours, make) in SCHEDULES.items()],
    plateau=dict(
        settings=PLATEAU, scores=SCORES,
        rates=rates(lambda o: lr_scheduler.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=2, threshold=1e-3, threshold_mode="abs"), len(SCORES), SCORES),
    ),
)
print(json.dumps(expected, indent=1))
