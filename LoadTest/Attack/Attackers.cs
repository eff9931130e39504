using System.Net;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>What an attack has at hand: whom to attack, addresses of its own, a token, and so much time.</summary>
internal sealed class Attackers(Uri gateway, string token, TimeSpan duration, double scale, TimeProvider time)
{
    /// <summary>From how many addresses they come.</summary>
    public const int Addresses = 250;

    public Uri Gateway => gateway;

    /// <summary>A token that is good: some attacks come from within.</summary>
    public string Token => token;

    public TimeSpan Duration => duration;

    public TimeProvider Time => time;

    public Answers Answers { get; } = new();

    /// <summary>An attacker's address, none of which is an honest client's.</summary>
    public static IPAddress AddressOf(int number) => new([127, 0, 2, (byte)(1 + (number % Addresses))]);

    /// <summary>How often something is tried, of so many times in a whole attack.</summary>
    public int Scaled(int whole) => Math.Max(1, (int)(whole * scale));

    /// <exception cref="System.Net.Sockets.SocketException">The gateway takes no connection.</exception>
    public Task<RawConnection> ConnectAsync(int number, CancellationToken cancellationToken, int? receiveBuffer = null) =>
        RawConnection.ConnectAsync(gateway, AddressOf(number), cancellationToken, receiveBuffer);

    /// <summary>
    /// Does something so many times, evenly over the duration, in lanes of which each does one after the other. Where the gateway is slower it takes
    /// longer, twice the duration at most.
    /// </summary>
    /// <param name="count">How many times.</param>
    /// <param name="lanes">How many at once.</param>
    /// <param name="act">Is told its number and its lane.</param>
    /// <param name="cancellationToken">Ends all.</param>
    public async Task SpreadAsync(int count, int lanes, Func<int, int, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(2 * duration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var started = time.GetTimestamp();
        async Task RunLaneAsync(int lane)
        {
            for (var number = lane; number < count; number += lanes)
            {
                either.Token.ThrowIfCancellationRequested();
                if ((duration * ((double)number / count)) - time.GetElapsedTime(started) is { TotalMilliseconds: > 1 } early)
                {
                    await Task.Delay(early, time, either.Token);
                }

                await act(number, lane, either.Token);
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(() => RunLaneAsync(lane), either.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over: what was not tried is missing in the answers.
        }
    }
}
