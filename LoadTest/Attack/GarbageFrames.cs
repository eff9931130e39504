using System.Security.Cryptography;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Opens WebSockets with a valid token and violates RFC 6455 or the protocol in several ways.</summary>
internal sealed class GarbageFrames : IAttack
{
    private const int Lanes = 50;

    private static readonly byte[] Mask = [1, 2, 3, 4];

    private readonly byte[][] _frames =
    [
        [0x81, 0x05, .. "hello"u8], // Not masked.
        [0xF1, 0x81, .. Mask, 0x00], // Reserved bits.
        [0x83, 0x81, .. Mask, 0x00], // An unknown opcode.
        [0x80, 0x81, .. Mask, 0x00], // A continuation without a beginning.
        [0x81, 0x82, .. Mask, 0xC3 ^ 1, 0x28 ^ 2], // Not UTF-8.
        [0x82, 0x81, .. Mask, 0x00], // Binary.
        [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Mask, .. new byte[8192]], // The beginning of a message of 8 EiB.
        [0x81, 0xFE, 0xFF, 0xFF, .. Mask, .. new byte[ushort.MaxValue]], // A message that is too long.
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
