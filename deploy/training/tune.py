#!/usr/bin/env python3
"""Tunes a language model as a recipe says, with Transformers, PEFT, TRL and DeepSpeed.

    torchrun --nproc-per-node 8 tune.py RECIPE.json --model FOLDER --data FILE.jsonl --out FOLDER

Data is a line of JSON an example, in TRL's conversational or plain form: `messages`, or `prompt` and `completion`,
for SFT; `prompt`, `chosen` and `rejected` for DPO. What comes of it lies in OUT/model: adapters, or all weights.
OUT/result.json has the SHA-256 of each of its files, the digest of all, and the losses; the same line goes to
the file that TERMINATION_LOG names, where a cluster looks for it.
"""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

PRECISIONS = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}
# Elements of DeepSpeed's buckets; the planner counts on them.
BUCKET = 200_000_000
# What a model is planned by, of its config.json.
SIZES = (
    "model_type",
    "num_hidden_layers",
    "hidden_size",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
    "intermediate_size",
    "vocab_size",
    "tie_word_embeddings",
    "attention_bias",
    "mlp_bias",
    "max_position_embeddings",
)
DATA_FIELDS = {"sft": [{"messages"}, {"prompt", "completion"}, {"text"}], "dpo": [{"prompt", "chosen", "rejected"}]}


def deepspeed_config(recipe):
    """DeepSpeed's configuration, or None where nothing is divided and PyTorch alone does."""
    stage = recipe["zeroStage"]
    parallel = recipe["parallel"]
    if parallel["pipeline"] != 1:
        raise ValueError("parallel.pipeline: Transformers' Trainer has no pipelines")
    if stage == 0:
        return None
    zero = {
        "stage": stage,
        "overlap_comm": False,
        "contiguous_gradients": True,
        "reduce_bucket_size": BUCKET,
        "allgather_bucket_size": BUCKET,
    }
    if stage == 3 or parallel["tensor"] > 1:
        # Without it Accelerate has no weights to save, whichever of both divides them.
        zero["stage3_gather_16bit_weights_on_model_save"] = True
    config = {
        "zero_optimization": zero,
        "bf16": {"enabled": recipe["precision"] == "bf16"},
        "fp16": {"enabled": recipe["precision"] == "fp16"},
        "train_micro_batch_size_per_gpu": recipe["batch"],
        "gradient_accumulation_steps": recipe["accumulation"],
        "gradient_clipping": 1.0,
    }
    if parallel["tensor"] > 1:
        config["tensor_parallel"] = {"autotp_size": parallel["tensor"]}
    return config


def training_arguments(recipe, out):
    """What SFTConfig and DPOConfig are made with."""
    return {
        "output_dir": str(out),
        "per_device_train_batch_size": recipe["batch"],
        "gradient_accumulation_steps": recipe["accumulation"],
        "num_train_epochs": recipe.get("epochs", 1),
        "max_steps": recipe.get("steps", -1),
        "learning_rate": recipe["learningRate"],
        "lr_scheduler_type": "cosine",
        "warmup_steps": 0.03,
        "max_length": recipe["sequenceLength"],
        "bf16": recipe["precision"] == "bf16",
        "fp16": recipe["precision"] == "fp16",
        "gradient_checkpointing": recipe["gradientCheckpointing"],
        "seed": recipe["seed"],
        "data_seed": recipe["seed"],
        # As in the paper, where DeepSpeed keeps no states of its own.
        "optim": "paged_adamw_32bit" if recipe["method"] == "qlora" and recipe["zeroStage"] == 0 else "adamw_torch",
        "deepspeed": deepspeed_config(recipe),
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
    }


def check_world(recipe, world):
    """Refuses to run on other GPUs than the recipe shares the work among."""
    parallel = recipe["parallel"]
    wanted = parallel["data"] * parallel["tensor"] * parallel["pipeline"]
    if wanted != world:
        raise ValueError(f"parallel: the recipe is for {wanted} processes, and torchrun started {world}")


def sizes(config):
    """The sizes that a config.json gives, with those that it leaves to Transformers."""
    heads = config["num_attention_heads"]
    left = {
        "num_key_value_heads": heads,
        "head_dim": config["hidden_size"] // heads,
        "tie_word_embeddings": False,
        "attention_bias": False,
        "mlp_bias": False,
    }
    given = {field: config[field] for field in SIZES if config.get(field) is not None}
    return {**left, **given}


def check_model(recipe, folder):
    """Refuses a model whose sizes are not those that the recipe was planned with."""
    name = recipe["baseModel"]["name"]
    try:
        found = sizes(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    except (KeyError, TypeError, ZeroDivisionError) as e:
        raise ValueError(f"{name}: its config.json lacks or spoils {e}; it is none of a language model") from e
    for field, planned in sizes(recipe["baseModel"]["config"]).items():
        if found.get(field) != planned:
            raise ValueError(
                f"baseModel.config.{field}: planned with {planned}, but {name} has {found.get(field)};"
                " copy its config.json into the recipe"
            )


def check_out(out):
    """Refuses a folder where something lies: the digest would be of both. One process looks, for all."""
    if os.environ.get("RANK", "0") == "0" and out.exists() and any(out.iterdir()):
        raise ValueError(f"--out {out}: something lies there; name a new folder")


def check_saved(folder):
    """Refuses to call a training done whose weights were not saved."""
    if not any(folder.glob("*.safetensors")):
        raise ValueError(f"no weights were saved in {folder}")


def read_examples(recipe, file):
    """The examples of a file of JSON lines, with the fields that the objective needs."""
    from datasets import Dataset

    examples = []
    with open(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                example = json.loads(line)
            except json.JSONDecodeError as e:
                raise ValueError(f"line {number} of the data is no JSON: {e}") from e
            kinds = DATA_FIELDS[recipe["objective"]]
            if not isinstance(example, dict) or not any(kind <= example.keys() for kind in kinds):
                needed = " or ".join(" and ".join(sorted(kind)) for kind in kinds)
                raise ValueError(f"line {number} of the data lacks {needed}")
            examples.append(example)
    if not examples:
        raise ValueError("the data hold no example")
    return Dataset.from_list(examples)


def load_model(recipe, folder, learns):
    """The base model: in 4 bits for QLoRA, in 32 bits where it learns and autocast computes in 16, else in the recipe's numbers."""
    import torch
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig

    dtype = getattr(torch, PRECISIONS[recipe["precision"]])
    if learns and recipe["method"] == "full" and recipe["zeroStage"] == 0:
        dtype = torch.float32
    quantised = None
    if recipe["method"] == "qlora":
        quantised = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=dtype,
            # ZeRO 3 divides weights as what they are stored in, which has to be what the others are in.
            bnb_4bit_quant_storage=dtype,
        )
    return AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=dtype,
        quantization_config=quantised,
        attn_implementation="sdpa",
        trust_remote_code=False,
        use_safetensors=True,
    )


def adapters(recipe):
    """PEFT's configuration, or None where all weights learn."""
    if recipe["method"] == "full":
        return None
    from peft import LoraConfig

    lora = recipe["lora"]
    return LoraConfig(
        r=lora["rank"],
        lora_alpha=lora["alpha"],
        target_modules=lora["targetModules"],
        lora_dropout=0.0,
        task_type="CAUSAL_LM",
    )


def make_trainer(recipe, folder, data, out):
    """TRL's trainer of the recipe's objective."""
    from transformers import AutoTokenizer, set_seed
    from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

    # Adapters begin at random, before the trainer has set its seed.
    set_seed(recipe["seed"])
    # Before the model is loaded: it has Transformers load it divided where DeepSpeed divides weights.
    arguments = training_arguments(recipe, out)
    config = (SFTConfig if recipe["objective"] == "sft" else DPOConfig)(**arguments)
    trainer = SFTTrainer if recipe["objective"] == "sft" else DPOTrainer
    reference = {}
    if recipe["objective"] == "dpo" and recipe["method"] == "full":
        # TRL's own would be in 32 bits. Below adapters the base is the reference.
        reference["ref_model"] = load_model(recipe, folder, learns=False)
    return trainer(
        model=load_model(recipe, folder, learns=True),
        **reference,
        args=config,
        train_dataset=read_examples(recipe, data),
        processing_class=AutoTokenizer.from_pretrained(folder, trust_remote_code=False),
        peft_config=adapters(recipe),
    )


def digests(folder):
    """SHA-256 of each file by its name, and of all: of the lines `DIGEST  NAME`, sorted by name."""
    files = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            with open(file, "rb") as content:
                files[file.relative_to(folder).as_posix()] = hashlib.file_digest(content, "sha256").hexdigest()
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return files, hashlib.sha256(lines.encode("utf-8")).hexdigest()


def tell(result, out):
    """Leaves the result beside the model, and its few figures where a cluster looks for them."""
    (out / "result.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    told = {name: result[name] for name in ("sha256", "steps", "loss")}
    if "TERMINATION_LOG" in os.environ:
        Path(os.environ["TERMINATION_LOG"]).write_text(json.dumps(told), encoding="utf-8")
    print(json.dumps(told), flush=True)


def main():
    parser = argparse.ArgumentParser(description="Tunes a language model as a recipe says.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--model", type=Path, required=True, help="folder of the base model")
    parser.add_argument("--data", type=Path, required=True, help="JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="a new folder")
    given = parser.parse_args()
    try:
        recipe = json.loads(given.recipe.read_text(encoding="utf-8"))
        check_world(recipe, int(os.environ.get("WORLD_SIZE", "1")))
        check_model(recipe, given.model)
        check_out(given.out)
        given.out.mkdir(parents=True, exist_ok=True)
        trainer = make_trainer(recipe, given.model, given.data, given.out)
    except (OSError, ValueError) as e:
        sys.exit(f"tune: {e}")
    outcome = trainer.train()
    trainer.save_model(str(given.out / "model"))
    if trainer.is_world_process_zero():
        # A pickle of the settings, which are in result.json too; whoever takes the model in refuses files that can run code.
        (given.out / "model" / "training_args.bin").unlink(missing_ok=True)
        try:
            check_saved(given.out / "model")
        except ValueError as e:
            sys.exit(f"tune: {e}")
        files, digest = digests(given.out / "model")
        losses = [line["loss"] for line in trainer.state.log_history if "loss" in line]
        tell(
            {
                "sha256": digest,
                "files": files,
                "steps": outcome.global_step,
                "loss": losses[-1] if losses else None,
                "losses": losses,
                "recipe": recipe,
            },
            given.out,
        )


if __name__ == "__main__":
    main()
