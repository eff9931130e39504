using System.Security.Cryptography;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Opens sockets with a good token and breaks the rules of RFC 6455 and of the protocol, each in its own way.</summary>
internal sealed class GarbageFrames : IAttack
{
    private const int Lanes = 50;

    private static readonly byte[] Mask = [1, 2, 3, 4];

    private readonly byte[][] _frames =
    [
        [0x81, 0x05, .. "hello"u8], // Not masked.
        [0xF1, 0x81, .. Mask, 0x00], // Reserved bits.
        [0x83, 0x81, .. Mask, 0x00], // An opcode that means nothing.
        [0x80, 0x81, .. Mask, 0x00], // The rest of nothing.
        [0x81, 0x82, .. Mask, 0xC3 ^ 1, 0x28 ^ 2], // No UTF-8.
        [0x82, 0x81, .. Mask, 0x00], // Binary.
        [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Mask, .. new byte[8192]], // A message of 8 EiB, as far as it comes.
        [0x81, 0xFE, 0xFF, 0xFF, .. Mask, .. new byte[ushort.MaxValue]], // One that is too long.
        [0x89, 0xFE, 0x00, 0xFF, .. Mask, .. new byte[255]], // A ping that is too long.
        [0x09, 0x80, .. Mask], // A ping in fragments.
        [0x88, 0x81, .. Mask, 0x00], // A close with half a code.
    ];

    public string Name => "garbage-frames";

    public string Title => "broken frames and noise";

    public int Count => 5000;

    public Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken) =>
        attackers.SpreadAsync(
            attackers.Scaled(Count),
            Lanes,
            (number, _, stop) => InsideAttack.ExecuteAsync(attackers, number, (connection, end) => SendAsync(number, connection, end), stop),
            cancellationToken);

    private Task SendAsync(int number, RawConnection connection, CancellationToken cancellationToken)
    {
        var kind = number % (_frames.Length + 1);
        return connection.SendAsync(kind < _frames.Length ? _frames[kind] : RandomNumberGenerator.GetBytes(4096), cancellationToken);
    }
}
