"""Peers of the strategies: other people's code on the very features that ours learn from.

    bench/run TaskExport --order 0 --out bench/target/order-0.safetensors
    OMP_NUM_THREADS=1 python bench/peers/class_incremental.py bench/target/order-0.safetensors lda ridge kernel-ridge
    OMP_NUM_THREADS=1 python bench/peers/class_incremental.py bench/target/order-0.safetensors cgil --mammoth DIR

lda           scikit-learn's LinearDiscriminantAnalysis on all data seen, shrinkage as our slda's
ridge         scikit-learn's Ridge on all data seen, one-hot targets
kernel-ridge  scikit-learn's KernelRidge on all data seen, the kernel and ridge of rail's dual form
cgil          mammoth's own replay and alignment (models/cgil_utils of a checkout of it), the text
              tower replaced by unit(t_c + offset_c + MLP(t_c)), for features have no tower

Prints a JSON line a peer: Last and Avg in percent (class-incremental, mean over tasks), seconds of
training a task, bytes kept between tasks. The first three keep all data: they are oracles of what
a closed form can reach, no continual learners. Needs numpy, safetensors, scikit-learn; torch and
tqdm for cgil.
"""

import argparse
import importlib
import json
import sys
import time
import types
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file


class Tasks:
    def __init__(self, file):
        data = load_file(file)
        self.image, self.label = data["image"], data["label"]
        self.test_image, self.test_label = data["testImage"], data["testLabel"]
        self.text = data["text"]
        self.ends = [int(end) for end in data["classesSeen"]]

    def classes(self, task):
        return (self.ends[task - 1] if task else 0), self.ends[task]

    def seen(self, task):
        rows = self.label < self.ends[task]
        return self.image[rows], self.label[rows]

    def accuracies(self, task, predict):
        """Percent on the test set of each task so far; predict maps images to class numbers."""
        row = []
        for other in range(task + 1):
            start, end = self.classes(other)
            rows = (self.test_label >= start) & (self.test_label < end)
            row.append(100 * float(np.mean(predict(self.test_image[rows]) == self.test_label[rows])))
        return row


class Batch:
    """Fitted anew to everything seen after each task."""

    def __init__(self, tasks, fit):
        self.tasks, self.fit, self.kept = tasks, fit, 0

    def learn(self, task):
        image, label = self.tasks.seen(task)
        self.kept = image.nbytes + label.nbytes
        self.predict = self.fit(image.astype(np.float64), label)


def lda(image, label):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    classes = label.max() + 1
    model = LinearDiscriminantAnalysis(
        solver="lsqr", shrinkage=0.05, priors=np.full(classes, 1 / classes)
    ).fit(image, label)
    return model.predict


def one_hot(label):
    return np.eye(label.max() + 1)[label]


def ridge(image, label):
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=1.0).fit(image, one_hot(label))
    return lambda x: model.predict(x).argmax(1)


def kernel_ridge(image, label):
    from sklearn.kernel_ridge import KernelRidge

    model = KernelRidge(alpha=1e-3, kernel="rbf", gamma=0.1).fit(image, one_hot(label))
    return lambda x: model.predict(x).argmax(1)


def mammoth(checkout):
    """mammoth's Prompter, its imports of what features do not need replaced by empty modules."""
    for name, path in (("models", "models"), ("models.cgil_utils", "models/cgil_utils")):
        package = types.ModuleType(name)
        package.__path__ = [str(Path(checkout) / path)]
        sys.modules[name] = package
    for name, members in (
        ("wandb", {"run": None}),
        ("clip", {}),
        ("datasets", {"get_dataset": None}),
        ("datasets.utils", {}),
        ("datasets.utils.continual_dataset", {"ContinualDataset": object}),
        ("utils", {}),
        ("utils.conf", {"get_device": lambda: "cpu"}),
    ):
        module = types.ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module
    return importlib.import_module("models.cgil_utils.cgil_utils")


def cgil(tasks, checkout, rate, epochs, iterations):
    import torch
    from torch.nn.functional import normalize

    torch.set_num_threads(1)
    torch.manual_seed(0)
    reference = mammoth(checkout)
    width = tasks.text.shape[1]

    class OnFeatures(reference.Prompter):
        def __init__(self):
            torch.nn.Module.__init__(self)
            self.device = "cpu"
            self.current_task = 0
            self.seq_dataset = types.SimpleNamespace(get_offsets=tasks.classes)
            self.clip_model = types.SimpleNamespace(dtype=torch.float32)
            self.clip_logit_scale = torch.tensor(100.0).log()
            self.args = types.SimpleNamespace(
                train_only_current_prompts=0, align_with_ortholoss=0, generated_context=0, cocoop=0,
                combo_context=1, general_context=0, optim_alignment="adamw", optim_alignment_wd=0,
                learning_rate_alignment=rate, num_epochs_alignment=epochs, batch_size_alignment=128,
                debug_mode=0)  # fmt: skip
            self.just_text_features = torch.from_numpy(tasks.text)
            layers = []
            for _ in range(3):
                layers += [torch.nn.Linear(width, width), torch.nn.BatchNorm1d(width), torch.nn.SELU(True)]
            self.context_generator = torch.nn.Sequential(*layers, torch.nn.Linear(width, width)).eval()
            for c in range(len(tasks.text)):
                offset = torch.nn.Parameter(torch.empty(1, width).normal_(std=0.02))
                self.register_parameter(f"prompt_parameters_{c}", offset)
            self.distributions = torch.nn.ModuleList(
                reference.VariationalAutoEncoderModel(width, 512, 256, lr=2e-4, n_iters=iterations, class_idx=c)
                for c in range(len(tasks.text))
            )

        def compute_keys(self, start, end, image_embeds=None):
            text = self.just_text_features[start:end]
            offsets = torch.cat([getattr(self, f"prompt_parameters_{c}") for c in range(start, end)])
            return normalize(text + offsets + self.context_generator(text), dim=-1)

    class Learner:
        def __init__(self):
            self.prompter = OnFeatures()
            self.kept = 0

        def learn(self, task):
            start, end = tasks.classes(task)
            image = torch.from_numpy(tasks.image)
            for c in range(start, end):
                self.prompter.distributions[c].fit(image[torch.from_numpy(tasks.label == c)])
            self.prompter.align()
            self.prompter.current_task += 1
            parts = list(self.prompter.distributions[:end]) + [self.prompter.context_generator]
            kept = [t for part in parts for t in part.state_dict().values()]
            self.kept = sum(t.nbytes for t in kept) + end * width * 4

        def predict(self, image):
            with torch.no_grad():
                keys = self.prompter.get_keys(train=False)
                return (torch.from_numpy(image) @ keys.T).argmax(1).numpy()

    return Learner()


def measure(name, tasks, learner):
    seconds, rows = 0.0, []
    for task in range(len(tasks.ends)):
        start = time.perf_counter()
        learner.learn(task)
        seconds += time.perf_counter() - start
        rows.append(tasks.accuracies(task, learner.predict))
        print(f"{name}: task {task}: {np.mean(rows[-1]):.2f}", file=sys.stderr)
    return {
        "peer": name,
        "last": round(float(np.mean(rows[-1])), 3),
        "avg": round(float(np.mean([np.mean(row) for row in rows])), 3),
        "secondsPerTask": round(seconds / len(tasks.ends), 3),
        "bytesPerClass": round(learner.kept / tasks.ends[-1], 1),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("peers", nargs="+", choices=["lda", "ridge", "kernel-ridge", "cgil"])
    parser.add_argument("--mammoth", help="a checkout of github.com/aimagelab/mammoth")
    parser.add_argument("--rate", type=float, default=0.05, help="cgil's rate of alignment")
    parser.add_argument("--epochs", type=int, default=60, help="cgil's epochs of alignment")
    parser.add_argument("--iterations", type=int, default=500, help="cgil's epochs of each VAE")
    options = parser.parse_args()
    if "cgil" in options.peers and not options.mammoth:
        parser.error("cgil needs --mammoth DIR")
    tasks = Tasks(options.file)
    batch = {"lda": lda, "ridge": ridge, "kernel-ridge": kernel_ridge}
    for name in options.peers:
        if name == "cgil":
            learner = cgil(tasks, options.mammoth, options.rate, options.epochs, options.iterations)
        else:
            learner = Batch(tasks, batch[name])
        print(json.dumps(measure(name, tasks, learner)), flush=True)


if __name__ == "__main__":
    main()
