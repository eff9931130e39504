namespace OrleansTicker.Gateway.Channels;

/// <summary>
/// Something that a session is sent between prices, as whole frames in an order of its own. It asks the session's worker for a flush when it
/// has something after having had nothing. Only the worker may call it.
/// </summary>
internal interface ISideChannel
{
    /// <summary>Whether <see cref="Next"/> may have a frame. It costs next to nothing to ask.</summary>
    bool HasNews { get; }

    /// <summary>Gets the next frame. Once it has returned none, <see cref="HasNews"/> is false until there is something new.</summary>
    /// <returns>The frame, which the caller sends; empty if there is nothing to send now.</returns>
    ReadOnlyMemory<byte> Next();

    /// <summary>Releases what it shares with others. Called once, when the session has ended.</summary>
    void Close();
}
