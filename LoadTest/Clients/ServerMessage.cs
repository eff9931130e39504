namespace OrleansTicker.LoadTest.Clients;

/// <summary>A message from the server. Immutable, because clients that received the same bytes share it.</summary>
internal sealed class ServerMessage
{
    /// <summary>Its bytes, without the frame header.</summary>
    public required byte[] Bytes { get; init; }

    public required MessageKind Kind { get; init; }

    /// <summary>The cursor after a ticker message.</summary>
    public Cursor Cursor { get; init; }

    /// <summary>The seq from which a ticker message starts; 0 for a snapshot.</summary>
    public long PrevSeq { get; init; }

    /// <summary>When a ticker message was published, in Unix microseconds.</summary>
    public long PublishedAt { get; init; }

    /// <summary>The quotes of a ticker message.</summary>
    public ReceivedQuote[] Quotes { get; init; } = [];

    /// <summary>The exchanges of a status message.</summary>
    public ReceivedFeed[] Feeds { get; init; } = [];

    /// <summary>The delay in a request to reconnect.</summary>
    public TimeSpan After { get; init; }

    /// <summary>The code of an error.</summary>
    public string? Code { get; init; }

    public bool IsSnapshot => PrevSeq == 0;

    /// <summary>How many ticks before its own have no message: they were conflated, or changed nothing in the view.</summary>
    public long Conflated => IsSnapshot ? 0 : Cursor.Seq - PrevSeq - 1;
}
