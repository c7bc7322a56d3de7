package io.baigong.tuning.llm;

/**
 * What a training may run on.
 *
 * @param nodes machines
 * @param perNode GPUs of each
 * @param memoryGib of one GPU, in GiB
 * @param teraflops peak of one GPU in the recipe's numbers, dense, in 10^12 operations a second
 * @param share of the peak that a training reaches, in (0, 1]
 */
public record Gpus(int nodes, int perNode, double memoryGib, double teraflops, double share) {
    /** Throws {@link IllegalArgumentException} naming what is wrong. */
    public Gpus {
        if (nodes < 1 || perNode < 1 || nodes > 1 << 16 || perNode > 1 << 10) {
            throw new IllegalArgumentException("there are from 1 node with 1 GPU to 65536 with 1024");
        }
        if (!(memoryGib > 0 && memoryGib < 1 << 16 && teraflops > 0 && teraflops < 1e9)) {
            throw new IllegalArgumentException("a GPU has memory in GiB and a peak in teraflops; see its data sheet");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of the peak is in (0, 1]; common are 0.3 to 0.5");
        }
    }

    /** GPUs of all nodes. */
    public int all() {
        return nodes * perNode;
    }
}
