using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>
/// Inflates the messages of one client (RFC 7692, 7.2.2). An inflater takes some 50 KB, so there is none between messages: with context
/// takeover, the end of what the client has sent is kept, and shown to the next inflater.
/// </summary>
/// <remarks>
/// A <see cref="DeflateStream"/> tells that a final block has ended, but not where. A message that begins with a final block is therefore
/// inflated byte by byte, at some 200 ns each. Another block that is final is refused, as the platform refuses all.
/// </remarks>
internal sealed class MessageInflater : IDisposable
{
    private const byte FinalBlockBit = 1;

    /// <summary>zlib, when asked for a window of 8 bits, takes 9.</summary>
    private const int LeastWindow = 1 << 9;

    private readonly InflaterWindow? _window;
    private PrimedInflater? _inflater;
    private bool _isAtStart;
    private bool _isBytewise;

    public MessageInflater(ClientCompression compression)
    {
        if (compression.HasContextTakeover)
        {
            _window = new InflaterWindow(Math.Max(LeastWindow, 1 << compression.WindowBits));
        }
    }

    /// <summary>Whether there is an inflater, for a message that has not ended.</summary>
    public bool IsInflating => _inflater is not null;

    /// <summary>Whether nothing can be read before more is offered.</summary>
    public bool IsDrained { get; private set; } = true;

    /// <summary>The memory for what the client has sent, in bytes.</summary>
    public int WindowBytes => _window?.Capacity ?? 0;

    /// <summary>What a sender leaves away at the end of a message: the length of an empty block.</summary>
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>An empty block that is the final one.</summary>
    private static ReadOnlySpan<byte> FinalBlock => [0x01, 0x00, 0x00, 0xFF, 0xFF];

    /// <summary>Where to write the next bytes of the message, for <see cref="Offer"/>.</summary>
    public Span<byte> Room()
    {
        if (_inflater is null)
        {
            Begin(default);
            (_isAtStart, _isBytewise) = (true, true);
        }

        return _isBytewise ? _inflater.Room[..1] : _inflater.Room;
    }

    /// <summary>Offers bytes that have been written to the room, when the ones before have been read.</summary>
    public void Offer(int count)
    {
        if (_isAtStart)
        {
            (_isAtStart, _isBytewise) = (false, (_inflater!.Room[0] & FinalBlockBit) != 0);
        }

        _inflater!.Offer(count);
        IsDrained = false;
    }

    /// <summary>Reads what can be inflated.</summary>
    /// <param name="text">What has been inflated of the message so far, but for what was forgotten.</param>
    /// <param name="maxLength">The text becomes no longer than that.</param>
    /// <returns>False if this can't be inflated.</returns>
    public bool TryRead(ref MessageBuffer text, int maxLength)
    {
        try
        {
            while (!IsDrained && text.Length < maxLength)
            {
                ReadOnce(ref text, maxLength);
                if (_inflater!.Refused is [var next, ..])
                {
                    if (!_isBytewise)
                    {
                        return false;
                    }

                    // What comes after a final block begins anew, and may refer to what was before (RFC 7692, 7.2.3.4 and 7.2.3.5).
                    Begin(text.Written);
                    Room()[0] = next;
                    Offer(1);
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Drops text of the message, which is longer than its reader wants.</summary>
    public void Forget(ref MessageBuffer text)
    {
        _window?.Append(text.Written.Span);
        text.Clear();
    }

    /// <summary>Ends a message.</summary>
    /// <param name="text">As for <see cref="TryRead"/>.</param>
    /// <returns>False if the message is not whole.</returns>
    public bool TryFinish(ref MessageBuffer text)
    {
        var isWhole = IsWhole(ref text);
        _window?.Append(text.Written.Span);
        Dispose();
        return isWhole;
    }

    /// <summary>Frees the inflater. The next message gets another.</summary>
    public void Dispose()
    {
        _inflater?.Dispose();
        _inflater = null;
        IsDrained = true;
    }

    /// <summary>
    /// A message is whole if an empty final block fits behind it. Besides, two kinds that RFC 7692 does not know are understood: one without
    /// any byte, which is empty, and one that a final block has ended.
    /// </summary>
    private bool IsWhole(ref MessageBuffer text)
    {
        try
        {
            if (_inflater is null)
            {
                return true;
            }

            if (!TryTake(Tail[0], ref text))
            {
                return _isBytewise;
            }

            var length = text.Length;
            return TryTakeAll(Tail[1..], ref text) && TryTakeAll(FinalBlock, ref text) && text.Length == length && !TryTake(0, ref text);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private bool TryTakeAll(ReadOnlySpan<byte> bytes, ref MessageBuffer text)
    {
        foreach (var next in bytes)
        {
            if (!TryTake(next, ref text))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>False if a final block has ended before.</returns>
    private bool TryTake(byte next, ref MessageBuffer text)
    {
        _inflater!.Room[0] = next;
        Offer(1);
        while (!IsDrained)
        {
            ReadOnce(ref text, int.MaxValue);
        }

        return _inflater.Refused.IsEmpty;
    }

    private void ReadOnce(ref MessageBuffer text, int maxLength)
    {
        var room = text.RoomFor(1);
        room = room[..Math.Min(room.Length, maxLength - text.Length)];
        var count = _inflater!.Read(room);
        text.Advance(count);
        IsDrained = count < room.Length;
    }

    [MemberNotNull(nameof(_inflater))]
    private void Begin(ReadOnlyMemory<byte> text)
    {
        _inflater?.Dispose();
        _inflater = new PrimedInflater();
        _inflater.Show(_window?.Bytes ?? default);
        _inflater.Show(text);
    }
}
