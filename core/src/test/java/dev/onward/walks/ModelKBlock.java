package dev.onward.walks;

/** A K-Block as the model sees it. */
final class ModelKBlock {
    final String content;

    /** The session to which it belongs. */
    ModelSession home;

    ModelKBlock(String content, ModelSession home) {
        this.content = content;
        this.home = home;
    }
}
