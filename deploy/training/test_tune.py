"""Tests of tune.py: python3 -m unittest test_tune (in this folder). Those that train need its libraries."""

import contextlib
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

import tune

LIBRARIES = all(importlib.util.find_spec(name) for name in ("torch", "transformers", "trl", "peft", "datasets"))


def recipe(**changes):
    """A recipe as the suite writes it, for a model of 128 tokens."""
    full = {
        "objective": "sft",
        "method": "lora",
        "lora": {"rank": 4, "alpha": 8, "targetModules": ["q_proj", "down_proj"]},
        "baseModel": {
            "name": "tiny",
            "config": {
                "model_type": "qwen2",
                "num_hidden_layers": 2,
                "hidden_size": 32,
                "num_attention_heads": 4,
                "num_key_value_heads": 2,
                "head_dim": 8,
                "intermediate_size": 64,
                "vocab_size": 128,
                "tie_word_embeddings": False,
                "attention_bias": False,
                "mlp_bias": False,
                "max_position_embeddings": 256,
            },
        },
        "parallel": {"data": 1, "tensor": 1, "pipeline": 1},
        "zeroStage": 0,
        "precision": "fp32",
        "gradientCheckpointing": True,
        "sequenceLength": 64,
        "batch": 2,
        "accumulation": 2,
        "steps": 30,
        "learningRate": 0.02,
        "seed": 7,
    }
    full.update(changes)
    return {name: value for name, value in full.items() if value is not None}


class ConfigurationTest(unittest.TestCase):
    def test_nothing_divided_needs_no_deepspeed(self):
        self.assertIsNone(tune.deepspeed_config(recipe()))

    def test_each_stage_is_asked_for(self):
        for stage in (1, 2, 3):
            config = tune.deepspeed_config(recipe(zeroStage=stage, precision="bf16"))
            self.assertEqual(stage, config["zero_optimization"]["stage"])
            self.assertEqual((True, False), (config["bf16"]["enabled"], config["fp16"]["enabled"]))
            self.assertEqual(tune.BUCKET, config["zero_optimization"]["reduce_bucket_size"])
            self.assertNotIn("tensor_parallel", config)
            gathers = config["zero_optimization"].get("stage3_gather_16bit_weights_on_model_save", False)
            self.assertEqual(stage == 3, gathers)

    def test_matrices_are_divided(self):
        parallel = {"data": 2, "tensor": 4, "pipeline": 1}
        config = tune.deepspeed_config(recipe(zeroStage=1, parallel=parallel))
        self.assertEqual({"autotp_size": 4}, config["tensor_parallel"])
        self.assertTrue(config["zero_optimization"]["stage3_gather_16bit_weights_on_model_save"])

    def test_pipelines_are_refused(self):
        with self.assertRaisesRegex(ValueError, "no pipelines"):
            tune.deepspeed_config(recipe(parallel={"data": 1, "tensor": 1, "pipeline": 2}))

    def test_other_gpus_are_refused(self):
        tune.check_world(recipe(parallel={"data": 2, "tensor": 2, "pipeline": 1}), 4)
        with self.assertRaisesRegex(ValueError, "for 1 processes, and torchrun started 8"):
            tune.check_world(recipe(), 8)

    def test_qlora_pages_the_optimiser(self):
        self.assertEqual("paged_adamw_32bit", tune.training_arguments(recipe(method="qlora"), "out")["optim"])
        self.assertEqual("adamw_torch", tune.training_arguments(recipe(), "out")["optim"])

    def test_steps_or_epochs_end_it(self):
        self.assertEqual(30, tune.training_arguments(recipe(), "out")["max_steps"])
        epochs = tune.training_arguments(recipe(steps=None, epochs=3), "out")
        self.assertEqual((3, -1), (epochs["num_train_epochs"], epochs["max_steps"]))

    def test_a_model_of_other_sizes_is_refused(self):
        planned = recipe()["baseModel"]["config"]
        others = {name: 3 for name in tune.SIZES} | {"model_type": "llama"}
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder, "config.json")
            for field in tune.SIZES:
                config.write_text(json.dumps({**planned, field: others[field]}))
                with self.assertRaisesRegex(ValueError, f"{field}: planned with {planned[field]}, but tiny has"):
                    tune.check_model(recipe(), Path(folder))
            config.write_text(json.dumps(planned))
            tune.check_model(recipe(), Path(folder))
            config.write_text("{}")
            with self.assertRaisesRegex(ValueError, "num_attention_heads"):
                tune.check_model(recipe(), Path(folder))

    def test_what_a_config_leaves_out_is_what_transformers_takes(self):
        config = {**recipe()["baseModel"]["config"], "num_key_value_heads": 4}
        for field in ("num_key_value_heads", "tie_word_embeddings", "attention_bias", "mlp_bias"):
            config.pop(field)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "config.json").write_text(json.dumps({**config, "head_dim": None}))
            made = recipe()
            made["baseModel"]["config"]["num_key_value_heads"] = 4
            tune.check_model(made, Path(folder))

    def test_nothing_is_written_over(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            tune.check_out(out)
            tune.check_out(out / "new")
            (out / "result.json").write_text("{}")
            with self.assertRaisesRegex(ValueError, "name a new folder"):
                tune.check_out(out)
            os.environ["RANK"] = "1"
            try:
                tune.check_out(out)
            finally:
                del os.environ["RANK"]

    def test_without_weights_it_is_not_done(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "config.json").write_text("{}")
            with self.assertRaisesRegex(ValueError, "no weights were saved"):
                tune.check_saved(Path(folder))
            Path(folder, "model-00001-of-00002.safetensors").write_bytes(b"")
            tune.check_saved(Path(folder))

    def test_digests_are_those_of_the_files(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "b").write_bytes(b"abc")
            Path(folder, "a").mkdir()
            Path(folder, "a", "c").write_bytes(b"")
            files, whole = tune.digests(Path(folder))
            # FIPS 180-2, appendix B.1; and of nothing.
            abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            self.assertEqual({"a/c": nothing, "b": abc}, files)
            Path(folder, "b").write_bytes(b"abd")
            self.assertNotEqual(whole, tune.digests(Path(folder))[1])

    def test_the_result_goes_where_a_cluster_looks(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            os.environ["TERMINATION_LOG"] = str(log)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    tune.tell({"sha256": "00", "steps": 3, "loss": 0.5, "files": {}}, Path(folder))
            finally:
                del os.environ["TERMINATION_LOG"]
            self.assertEqual({"sha256": "00", "steps": 3, "loss": 0.5}, json.loads(log.read_text()))


@unittest.skipUnless(LIBRARIES, "needs torch, transformers, trl, peft and datasets")
class TrainingTest(unittest.TestCase):
    """Trains a model of random weights on this machine's processor, under torchrun."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.home = Path(cls.folder.name)
        cls.model = cls.home / "tiny"
        save_tiny_model(cls.model)
        answers = [{"prompt": "a b", "completion": " c d e f"}, {"prompt": "f e", "completion": " d c b a"}]
        pairs = [{"prompt": "a b", "chosen": " c d e", "rejected": " f f f"}] * 2
        cls.data = {"sft": cls.home / "sft.jsonl", "dpo": cls.home / "dpo.jsonl"}
        cls.data["sft"].write_text("".join(json.dumps(each) + "\n" for each in answers * 32))
        cls.data["dpo"].write_text("".join(json.dumps(each) + "\n" for each in pairs * 32))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_tune(self, name, made, processes=1):
        file = self.home / f"{name}.json"
        file.write_text(json.dumps(made))
        out = self.home / name
        command = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
        command += [tune.__file__, str(file), "--model", str(self.model), "--out", str(out)]
        command += ["--data", str(self.data[made["objective"]])]
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
        return done, out

    def learned(self, name, made, processes=1, share=0.95):
        done, out = self.run_tune(name, made, processes)
        self.assertEqual(0, done.returncode, done.stderr[-4000:])
        result = json.loads((out / "result.json").read_text())
        self.assertEqual(made["steps"], result["steps"])
        self.assertLess(result["losses"][-1], share * result["losses"][0])
        self.assertEqual(tune.digests(out / "model")[1], result["sha256"])
        self.assertEqual([name for name in result["files"] if name.endswith((".bin", ".pt", ".pkl"))], [])
        return result

    def test_adapters_learn_answers_and_the_same_seed_learns_the_same(self):
        first = self.learned("lora", recipe())
        self.assertIn("adapter_model.safetensors", first["files"])
        again = self.learned("again", recipe())
        weights = "adapter_model.safetensors"
        self.assertEqual(first["files"][weights], again["files"][weights])

    def test_all_weights_learn_on_two_processes(self):
        parallel = {"data": 2, "tensor": 1, "pipeline": 1}
        made = recipe(method="full", lora=None, parallel=parallel, learningRate=0.01)
        self.assertIn("model.safetensors", self.learned("full", made, 2, 0.7)["files"])

    def test_preferences_are_learned(self):
        self.learned("dpo", recipe(objective="dpo"), share=0.85)

    def test_the_reference_is_in_the_numbers_of_the_recipe(self):
        import torch

        made = recipe(objective="dpo", method="full", lora=None, precision="bf16")
        arguments = tune.training_arguments(made, self.home / "reference") | {"use_cpu": True}
        with unittest.mock.patch.object(tune, "training_arguments", return_value=arguments):
            trainer = tune.make_trainer(made, self.model, self.data["dpo"], self.home / "reference")
        self.assertEqual(torch.bfloat16, trainer.ref_model.dtype)
        self.assertEqual(torch.float32, trainer.model.dtype)

    def test_all_weights_learn_preferences(self):
        made = recipe(objective="dpo", method="full", lora=None, learningRate=0.003)
        self.assertIn("model.safetensors", self.learned("dpo-full", made, share=0.85)["files"])

    def test_a_result_is_kept(self):
        (self.home / "kept").mkdir()
        (self.home / "kept" / "result.json").write_text("{}")
        done, out = self.run_tune("kept", recipe())
        self.assertNotEqual(0, done.returncode)
        self.assertIn("name a new folder", done.stderr)
        self.assertFalse((out / "model").exists())

    def test_data_of_another_kind_are_refused(self):
        self.data["bad"] = self.home / "bad.jsonl"
        self.data["bad"].write_text('{"prompt": "a", "completion": " b"}\n{"question": "a"}\n')
        self.data["sft"], kept = self.data["bad"], self.data["sft"]
        try:
            done, _ = self.run_tune("bad", recipe())
        finally:
            self.data["sft"] = kept
        self.assertNotEqual(0, done.returncode)
        self.assertIn("line 2 of the data lacks messages or completion and prompt or text", done.stderr)


def save_tiny_model(folder):
    """Random weights, and a tokeniser of letters."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM, set_seed

    set_seed(1)
    config = {**recipe()["baseModel"]["config"]}
    for field in ("model_type", "head_dim", "attention_bias", "mlp_bias"):
        config.pop(field)
    Qwen2ForCausalLM(Qwen2Config(**config)).save_pretrained(folder)
    words = {word: number for number, word in enumerate(["<pad>", "<eos>", "<unk>", *"abcdef"])}
    tokens = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokens, pad_token="<pad>", eos_token="<eos>", unk_token="<unk>"
    ).save_pretrained(folder)


if __name__ == "__main__":
    unittest.main()
