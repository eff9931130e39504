namespace OrleansTicker.Gateway.WebSockets;

/// <summary>
/// The end of what a client has sent, which its next compressed message may refer to. It is as large as what the client has sent, at most
/// doubled, until the window is full.
/// </summary>
/// <param name="size">The size of the window, in bytes.</param>
internal sealed class InflaterWindow(int size)
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>What is kept.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>The memory that this takes, in bytes.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Adds text that the client has sent.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        text = text[^Math.Min(text.Length, size)..];
        var kept = Math.Min(_length, size - text.Length);
        var old = _bytes.AsSpan(_length - kept, kept);
        _length = kept + text.Length;
        if (_length > _bytes.Length)
        {
            _bytes = new byte[Math.Min(size, Math.Max(_length, 2 * _bytes.Length))];
        }

        old.CopyTo(_bytes);
        text.CopyTo(_bytes.AsSpan(kept));
    }
}
