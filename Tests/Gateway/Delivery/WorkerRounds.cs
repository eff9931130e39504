using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>Waits for rounds of a worker that has been started.</summary>
internal static class WorkerRounds
{
    /// <summary>Ends after two more rounds: the second begins after the first has looked at everything.</summary>
    public static async Task PassRoundsAsync(this FanoutWorker worker, TimeProvider time)
    {
        for (var count = 0; count < 2; count++)
        {
            var passing = new TestSession(new ScriptedSocket(), [], time) { Worker = worker }.Start();
            await passing.Slot!.ReleaseAsync().WithinTimeoutAsync();
        }
    }
}
