namespace OrleansTicker.LoadTest.Clients;

/// <summary>A message of the server, as far as it matters here. Immutable: clients that were sent the same bytes share it.</summary>
internal sealed class ServerMessage
{
    /// <summary>What it came as, without the frame's header.</summary>
    public required byte[] Bytes { get; init; }

    public required MessageKind Kind { get; init; }

    /// <summary>Of a ticker message: up to where it leads.</summary>
    public Cursor Cursor { get; init; }

    /// <summary>Of a ticker message: the seq from which it starts; 0 in a snapshot.</summary>
    public long PrevSeq { get; init; }

    /// <summary>Of a ticker message: when it was published, in Unix microseconds.</summary>
    public long PublishedAt { get; init; }

    /// <summary>Of a ticker message: its quotes.</summary>
    public ReceivedQuote[] Quotes { get; init; } = [];

    /// <summary>Of the request to connect again: how long to wait with it.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Of an error: its code.</summary>
    public string? Code { get; init; }

    public bool IsSnapshot => PrevSeq == 0;

    /// <summary>How many ticks it spans beyond the one that it leads to: they were conflated, or changed nothing of the view.</summary>
    public long Conflated => IsSnapshot ? 0 : Cursor.Seq - PrevSeq - 1;
}
