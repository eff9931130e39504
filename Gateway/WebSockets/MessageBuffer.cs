using System.Buffers;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>Collects bytes in an array of the pool, which it rents for the first byte and gives back when released.</summary>
internal struct MessageBuffer
{
    private const int LeastRoom = 128;

    private byte[]? _array;

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>Whether an array is rented.</summary>
    public readonly bool IsRented => _array is not null;

    /// <summary>What has been written. Valid until the next change.</summary>
    public readonly ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    /// <summary>Where to write next.</summary>
    /// <param name="least">The least length of the room.</param>
    public Span<byte> RoomFor(int least)
    {
        if (_array is null)
        {
            _array = ArrayPool<byte>.Shared.Rent(Math.Max(least, LeastRoom));
        }
        else if (_array.Length - Length < least)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + least, 2 * _array.Length));
            Written.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }

        return _array.AsSpan(Length);
    }

    /// <summary>Counts bytes as written, which are already in the room.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Forgets what has been written, and keeps the array.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives the array back.</summary>
    public void Release()
    {
        if (_array is not null)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = null;
        }

        Length = 0;
    }
}
